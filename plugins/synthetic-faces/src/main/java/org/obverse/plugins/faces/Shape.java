package org.obverse.plugins.faces;

/**
 * A region of the plane, given by the signed distance to its border: negative inside, positive outside. The distance
 * need only be good near the border, where it makes edges smooth. x points right, y down.
 */
@FunctionalInterface
interface Shape {
    double distance(double x, double y);

    /**
     * An ellipse with half axes rx and ry, by the usual first-order estimate d = k0·(k0 − 1)/k1 with
     * k0 = |(x/rx, y/ry)| and k1 = |(x/rx², y/ry²)|; the small terms keep the centre finite.
     */
    static Shape ellipse(double centerX, double centerY, double rx, double ry) {
        double inverseX = 1 / rx;
        double inverseY = 1 / ry;
        return (x, y) -> {
            double nx = (x - centerX) * inverseX;
            double ny = (y - centerY) * inverseY;
            double mx = nx * inverseX;
            double my = ny * inverseY;
            double k0 = Math.sqrt(nx * nx + ny * ny + 1e-12);
            double k1 = Math.sqrt(mx * mx + my * my + 1e-9);
            return k0 * (k0 - 1) / k1;
        };
    }

    /** All points within a radius of the segment from a to b. */
    static Shape capsule(double ax, double ay, double bx, double by, double radius) {
        double dx = bx - ax;
        double dy = by - ay;
        double inverseSquare = 1 / (dx * dx + dy * dy + 1e-9);
        return (x, y) -> {
            double px = x - ax;
            double py = y - ay;
            double along = Math.max(0, Math.min(1, (px * dx + py * dy) * inverseSquare));
            double awayX = px - dx * along;
            double awayY = py - dy * along;
            return Math.sqrt(awayX * awayX + awayY * awayY + 1e-12) - radius;
        };
    }

    /** The points |x| &lt; halfWidth, top &lt; y &lt; bottom. */
    static Shape box(double halfWidth, double top, double bottom) {
        return (x, y) -> Math.max(Math.abs(x) - halfWidth, Math.max(top - y, y - bottom));
    }

    default Shape or(Shape other) {
        return (x, y) -> Math.min(distance(x, y), other.distance(x, y));
    }

    default Shape and(Shape other) {
        return (x, y) -> Math.max(distance(x, y), other.distance(x, y));
    }

    /** The band of this half width around the border. */
    default Shape outline(double halfWidth) {
        return (x, y) -> Math.abs(distance(x, y)) - halfWidth;
    }

    /** This shape's right half on both sides. */
    default Shape mirrored() {
        return (x, y) -> distance(Math.abs(x), y);
    }

    default Shape shiftedRight(double by) {
        return (x, y) -> distance(x - by, y);
    }
}
