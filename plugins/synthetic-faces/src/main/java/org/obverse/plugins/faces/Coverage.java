package org.obverse.plugins.faces;

/** How much of a pixel something covers: a number in [0, 1] for the pixel's centre in face coordinates. */
@FunctionalInterface
interface Coverage {
    double at(double x, double y);
}
