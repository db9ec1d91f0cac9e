#pragma once

#include <cstdint>

namespace flambeau {

// A number as m * 10^q.
struct Decimal {
  uint64_t m;
  int q;
};

// The float or double that is nearest to a decimal. False where that cannot be told in 128 bits, or is not a normal
// number: halfway cases, and what is very small or large.
template <typename T>
bool nearest(Decimal decimal, bool negative, T& value);

// The shortest decimal that reads back as a value above zero, and of those the nearest to it.
template <typename T>
Decimal shortest(T value);

}  // namespace flambeau
