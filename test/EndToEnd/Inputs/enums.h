// Types that signatures need, in a header as they usually are.
#ifndef ENUMS_H
#define ENUMS_H

enum class Shape : short { Round = 3, Square = -4 };
enum Weight { Light = 2, Heavy = 9 };
enum class Payoff { Call, Put, Digital };

#endif
