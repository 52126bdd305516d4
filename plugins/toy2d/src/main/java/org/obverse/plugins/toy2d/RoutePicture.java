package org.obverse.plugins.toy2d;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.util.List;
import org.obverse.plugins.toy2d.Track.Position;

/**
 * Figure 1 of the paper: the confidence in steps of 0.05 (dark is sure), the private points by class, and the routes. It
 * has ticks every 5 units and no text, for which a machine without fonts would have no glyphs.
 */
final class RoutePicture {
    private static final double LEVEL = 0.05;

    /** ColorBrewer's RdPu of 9 classes (C. Brewer, colorbrewer2.org), light to dark. */
    private static final List<Color> SHADES = List.of(
            new Color(0xfff7f3),
            new Color(0xfde0dd),
            new Color(0xfcc5c0),
            new Color(0xfa9fb5),
            new Color(0xf768a1),
            new Color(0xdd3497),
            new Color(0xae017e),
            new Color(0x7a0177),
            new Color(0x49006a));

    /** How much of a shade is left over white, so that points and routes stand out. */
    private static final double OPACITY = 0.7;

    private static final List<Color> CLASSES = List.of(new Color(0x5cbf5c), new Color(0x4fc3d9), new Color(0xf5b041));
    private static final Color ROUTE = new Color(0xffee20);

    private final ConfidenceMap map;
    private final BufferedImage image;
    private final double unit;

    /**
     * @param size width and height in pixels
     */
    RoutePicture(ConfidenceMap map, int size) {
        this.map = map;
        this.image = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
        this.unit = size / (2 * ConfidenceMap.LIMIT);
    }

    /**
     * @return {@code [3, size, size]} in [-1, 1]
     */
    NDArray draw(List<PrivatePoint> points, List<Track> tracks, NDManager manager) {
        shade();
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        points.forEach(point -> dot(graphics, point.x(), point.y(), 0.28, CLASSES.get(point.label() % CLASSES.size())));
        tracks.forEach(track -> route(graphics, track));
        ticks(graphics);
        graphics.dispose();
        return pixels(manager);
    }

    private void shade() {
        int size = image.getWidth();
        for (int row = 0; row < size; row++) {
            for (int column = 0; column < size; column++) {
                int level = level(column, row);
                boolean contour = level != level(column + 1, row) || level != level(column, row + 1);
                Color fill = shade(level * LEVEL);
                image.setRGB(column, row, (contour ? blend(fill, Color.BLACK, 0.45) : fill).getRGB());
            }
        }
    }

    private int level(int column, int row) {
        double x = (column + 0.5) / unit - ConfidenceMap.LIMIT;
        double y = ConfidenceMap.LIMIT - (row + 0.5) / unit;
        return (int) Math.min(map.at(x, y) / LEVEL, 1 / LEVEL - 1);
    }

    /** The shade of a confidence; white at 0.3, which three classes cannot fall below. */
    private static Color shade(double confidence) {
        double position = Math.max(0, (confidence - 0.3) / (1 - LEVEL - 0.3)) * (SHADES.size() - 1);
        int lower = (int) Math.min(position, SHADES.size() - 2.0);
        Color shade = blend(SHADES.get(lower), SHADES.get(lower + 1), position - lower);
        return blend(Color.WHITE, shade, OPACITY);
    }

    private static Color blend(Color from, Color to, double share) {
        return new Color(
                (int) Math.round(from.getRed() + share * (to.getRed() - from.getRed())),
                (int) Math.round(from.getGreen() + share * (to.getGreen() - from.getGreen())),
                (int) Math.round(from.getBlue() + share * (to.getBlue() - from.getBlue())));
    }

    private void route(Graphics2D graphics, Track track) {
        Path2D path = new Path2D.Double();
        Position start = track.positions().get(0);
        path.moveTo(column(start.x()), row(start.y()));
        track.positions().forEach(position -> path.lineTo(column(position.x()), row(position.y())));
        graphics.setColor(Color.DARK_GRAY);
        graphics.setStroke(line(0.36));
        graphics.draw(path);
        graphics.setColor(ROUTE);
        graphics.setStroke(line(0.24));
        graphics.draw(path);
        dot(graphics, track.end().x(), track.end().y(), 0.4, ROUTE);
    }

    private void dot(Graphics2D graphics, double x, double y, double radius, Color color) {
        double pixels = radius * unit;
        Ellipse2D circle = new Ellipse2D.Double(column(x) - pixels, row(y) - pixels, 2 * pixels, 2 * pixels);
        graphics.setColor(color);
        graphics.fill(circle);
        graphics.setColor(Color.DARK_GRAY);
        graphics.setStroke(line(0.06));
        graphics.draw(circle);
    }

    private void ticks(Graphics2D graphics) {
        graphics.setColor(Color.DARK_GRAY);
        graphics.setStroke(line(0.08));
        double size = image.getWidth();
        for (int tick = -10; tick <= 10; tick += 5) {
            graphics.draw(new Line2D.Double(column(tick), size, column(tick), size - 0.4 * unit));
            graphics.draw(new Line2D.Double(0, row(tick), 0.4 * unit, row(tick)));
        }
    }

    private BasicStroke line(double width) {
        return new BasicStroke((float) (width * unit), BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
    }

    private double column(double x) {
        return (x + ConfidenceMap.LIMIT) * unit;
    }

    private double row(double y) {
        return (ConfidenceMap.LIMIT - y) * unit;
    }

    private NDArray pixels(NDManager manager) {
        int size = image.getWidth();
        int[] colors = image.getRGB(0, 0, size, size, null, 0, size);
        float[] pixels = new float[3 * colors.length];
        for (int i = 0; i < colors.length; i++) {
            for (int channel = 0; channel < 3; channel++) {
                pixels[channel * colors.length + i] = ((colors[i] >> (16 - 8 * channel)) & 0xff) / 127.5f - 1;
            }
        }
        return manager.create(pixels, new Shape(3, size, size));
    }
}
