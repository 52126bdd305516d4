package org.obverse.engine.record;

import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.obverse.engine.artifact.TensorFile;
import org.obverse.engine.product.Gallery;
import org.obverse.engine.product.MetricResult;
import org.obverse.engine.product.StoredCandidates;

/**
 * What there is to see in one artifact, read without the native engine, so that any process may watch a run.
 *
 * @param pictures the best reconstruction of each class, or what a metric drew
 * @param curves of the stage that made it, over its steps
 */
public record ShownProduct(List<Raster> pictures, List<CurveBand> curves) {
    /** Of a picture: channels, rows, columns. */
    private static final int AXES = 3;

    private static final long LARGEST = 4096L * 4096 * 3;

    public ShownProduct {
        pictures = List.copyOf(pictures);
        curves = List.copyOf(curves);
    }

    /**
     * @param stage or other slot of the unit that made it
     * @param artifact its file
     * @param most how many pictures are read
     * @param side the width to which wider pictures are made smaller, in pixels
     * @throws org.obverse.api.plugin.InvalidConfigurationException if the file is gone or damaged
     */
    public static ShownProduct of(String stage, Path artifact, int most, int side) {
        TensorFile file = TensorFile.open(artifact);
        List<Raster> pictures = new ArrayList<>();
        for (String name : file.names()) {
            Shape shape = file.shape(name);
            int before = shape.dimension() - AXES;
            if (!isPicture(name, shape, before)) {
                continue;
            }
            Shape picture = shape.slice(before);
            int size = Math.toIntExact(picture.size());
            long count = before == 0 ? 1 : shape.get(0);
            long step = size * (before == 0 ? 1 : shape.get(1));
            for (int i = 0; i < count && pictures.size() < most; i++) {
                pictures.add(
                        Raster.of(file.floats(name, i * step, size), 0, picture).atMost(side));
            }
        }
        return new ShownProduct(pictures, curves(stage, file));
    }

    /**
     * @param before how many dimensions come before those of a picture
     */
    private static boolean isPicture(String name, Shape shape, int before) {
        boolean isOne = name.startsWith(MetricResult.Form.PICTURE) && before == 0;
        boolean isBest = name.equals(Gallery.RECONSTRUCTIONS) && before == 2;
        return (isOne || isBest)
                && shape.size() > 0
                && Raster.isImage(shape.slice(before))
                && shape.slice(before).size() <= LARGEST;
    }

    private static List<CurveBand> curves(String stage, TensorFile file) {
        return StoredCandidates.curves(List.of(file)).entrySet().stream()
                .map(curve -> CurveBand.of(stage, curve.getKey(), curve.getValue()))
                .filter(band -> !band.points().isEmpty())
                .toList();
    }
}
