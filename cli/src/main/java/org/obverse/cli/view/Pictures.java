package org.obverse.cli.view;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.obverse.cli.report.picture.Canvas;
import org.obverse.engine.artifact.Sha256;
import org.obverse.engine.record.Raster;

/** The newest pictures of a run, in memory; older ones are forgotten. */
final class Pictures {
    private static final int MOST = 12;

    private final Map<String, Snapshot.Picture> shown = new LinkedHashMap<>();
    private final Map<String, byte[]> files = new HashMap<>();

    /** Images side by side, and their size together in pixels. */
    record Strip(Canvas canvas, int width, int height) {
        static final int MOST = 16;
        static final int SIDE = 96;
        private static final int GAP = 2;

        /** Of at least one image; small ones are enlarged, each pixel to a square. */
        static Strip of(List<Raster> images) {
            int scale = Math.max(
                    1, SIDE / images.stream().mapToInt(Raster::width).max().orElse(SIDE));
            int width = images.stream()
                            .mapToInt(image -> image.width() * scale + GAP)
                            .sum()
                    - GAP;
            int height = scale * images.stream().mapToInt(Raster::height).max().orElse(1);
            Canvas canvas = new Canvas(width, height, Canvas.CLEAR);
            int left = 0;
            for (Raster image : images) {
                canvas.draw(image, left, 0, scale);
                left += image.width() * scale + GAP;
            }
            return new Strip(canvas, width, height);
        }
    }

    /** Replaces the same picture. */
    void add(WatchedUnit unit, Strip strip) {
        byte[] png = strip.canvas().png();
        String file = Sha256.of(png) + ".png";
        shown.remove(file);
        shown.put(file, unit.picture(file, strip.width(), strip.height()));
        files.put(file, png);
        if (shown.size() > MOST) {
            String oldest = shown.keySet().iterator().next();
            shown.remove(oldest);
            files.remove(oldest);
        }
    }

    Optional<byte[]> file(String name) {
        return Optional.ofNullable(files.get(name));
    }

    /** The latest first. */
    List<Snapshot.Picture> shown() {
        List<Snapshot.Picture> latest = new ArrayList<>(shown.values());
        Collections.reverse(latest);
        return latest;
    }
}
