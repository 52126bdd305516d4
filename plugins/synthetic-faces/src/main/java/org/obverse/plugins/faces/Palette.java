package org.obverse.plugins.faces;

import java.util.List;

/** Colour stops at equal distances, and the straight lines between them. */
final class Palette {
    private final List<Color> stops;

    /** A palette of at least two stops. */
    Palette(Color... stops) {
        this.stops = List.of(stops);
    }

    /** The colour at t in [0, 1], from the first stop to the last. */
    Color at(double t) {
        int last = stops.size() - 1;
        int below = Math.min((int) (t * last), last - 1);
        double fraction = t * last - below;
        return stops.get(below).times(1 - fraction).plus(stops.get(below + 1).times(fraction));
    }
}
