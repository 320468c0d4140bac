#pragma once
#include "factor.h"
#define SCALE FACTOR
