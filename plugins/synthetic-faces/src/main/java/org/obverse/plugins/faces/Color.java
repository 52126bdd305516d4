package org.obverse.plugins.faces;

/** A colour, each channel in [0, 1] unless a sum or product has left that range. */
record Color(double red, double green, double blue) {
    Color times(double factor) {
        return new Color(red * factor, green * factor, blue * factor);
    }

    Color times(Color other) {
        return new Color(red * other.red, green * other.green, blue * other.blue);
    }

    Color plus(Color other) {
        return new Color(red + other.red, green + other.green, blue + other.blue);
    }

    Color clamped() {
        return new Color(clamp(red), clamp(green), clamp(blue));
    }

    private static double clamp(double channel) {
        return Math.max(0, Math.min(1, channel));
    }
}
