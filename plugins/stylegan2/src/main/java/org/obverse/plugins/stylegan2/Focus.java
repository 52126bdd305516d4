package org.obverse.plugins.stylegan2;

import org.obverse.api.plugin.Meaning;

/** A part of the picture that counts more in a reconstruction. */
public record Focus(
        @Meaning("centre, from -1 (left) to 1 (right)") double x,
        @Meaning("centre, from -1 (top) to 1 (bottom)") double y,

        @Meaning("half the width, where the extra weight has fallen to 1/e; above 0")
        double width,

        @Meaning("half the height, where the extra weight has fallen to 1/e; above 0")
        double height,

        @Meaning("what a pixel in the centre weighs beyond 1, at least 0")
        double weight) {
    /** The extra weight of a pixel: {@code weight · exp(-((dx / width)² + (dy / height)²)²)}. */
    double at(double pixelX, double pixelY) {
        double dx = (pixelX - x) / width;
        double dy = (pixelY - y) / height;
        double squared = dx * dx + dy * dy;
        return weight * Math.exp(-squared * squared);
    }
}
