// Properties of water by its temperature in degrees Celsius.
#ifndef EXAMPLES_WATER_H
#define EXAMPLES_WATER_H

/// kg/m3
double density(double temperature);

/// Pa s
double viscosity(double temperature);

#endif
