package org.obverse.engine.record;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.obverse.api.metric.Measurement;
import org.obverse.engine.artifact.TensorFile;
import org.obverse.engine.record.Score.Measured;
import org.obverse.engine.record.Score.Picture;
import org.obverse.engine.record.Score.Undefined;
import org.obverse.engine.training.ClassifierTrainer.EpochFigures;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a finished unit left: a tensor file whose metadata say under {@code product} what it is.
 *
 * @param artifact the file's name in the store
 */
record StoredProduct(String unit, String artifact, TensorFile file) {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String KIND = "product";
    private static final String HALVED = "halved-batch";
    private static final String HISTORY = "history";
    private static final String PICTURE = "picture.";

    boolean isA(String kind) {
        return kind.equals(file.metadata().get(KIND));
    }

    boolean isScore() {
        return isA("scores") || isA("undefined");
    }

    /** Whether it is a network that was trained in the run. */
    boolean isTraining() {
        return isA("weights") && !epochs().isEmpty();
    }

    /** The stage of a unit such as {@code optimize/0}. */
    String stage() {
        return unit.split("/", 2)[0];
    }

    Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>(file.metadata());
        facts.remove(KIND);
        return facts;
    }

    List<EpochFigures> epochs() {
        return parse(HISTORY, new TypeReference<List<EpochFigures>>() {});
    }

    Map<String, Long> queries() {
        return parse("queries", new TypeReference<Map<String, Long>>() {});
    }

    /** The batch that it was made with because the plan's did not fit into memory. */
    Optional<Integer> halvedBatch() {
        return Optional.ofNullable(file.metadata().get(HALVED)).map(Integer::valueOf);
    }

    Score score(NDManager manager) {
        if (isA("undefined")) {
            return new Undefined(unit, text("reason"));
        }
        Map<String, String> captions = parse("captions", new TypeReference<Map<String, String>>() {});
        List<Picture> pictures = new ArrayList<>();
        for (String name : file.names()) {
            if (name.startsWith(PICTURE)) {
                String bare = name.substring(PICTURE.length());
                Shape shape = file.shape(name);
                Shape one = new Shape(1, shape.get(0), shape.get(1), shape.get(2));
                pictures.add(new Picture(
                        bare,
                        captions.getOrDefault(bare, ""),
                        images(manager, name, one).get(0)));
            }
        }
        return new Measured(
                unit,
                parse("figures", new TypeReference<List<Measurement.Figure>>() {}),
                parse("tables", new TypeReference<List<Measurement.Table>>() {}),
                pictures);
    }

    /** Empty if what was attacked are no images of three channels. */
    List<ClassPictures> gallery(NDManager manager) {
        Shape samples = file.shape("samples");
        Shape reconstructions = file.shape("reconstructions");
        if (samples.dimension() != 5
                || samples.get(2) != 3
                || reconstructions.dimension() != 5
                || reconstructions.get(2) != 3) {
            return List.of();
        }
        List<Raster> originals = images(manager, "samples", flat(samples));
        List<Raster> found = images(manager, "reconstructions", flat(reconstructions));
        int perClass = Math.toIntExact(samples.get(1));
        int shown = Math.toIntExact(reconstructions.get(1));
        List<ClassPictures> gallery = new ArrayList<>();
        try (NDArray classes = file.tensor(manager, "classes")) {
            long[] numbers = classes.toLongArray();
            for (int i = 0; i < numbers.length; i++) {
                gallery.add(new ClassPictures(
                        Math.toIntExact(numbers[i]),
                        originals.subList(i * perClass, (i + 1) * perClass),
                        found.subList(i * shown, (i + 1) * shown)));
            }
        }
        return gallery;
    }

    private static Shape flat(Shape shape) {
        return new Shape(shape.get(0) * shape.get(1), shape.get(2), shape.get(3), shape.get(4));
    }

    /**
     * @param shape {@code [N, 3, H, W]}
     */
    private List<Raster> images(NDManager manager, String tensor, Shape shape) {
        int height = Math.toIntExact(shape.get(2));
        int width = Math.toIntExact(shape.get(3));
        List<Raster> images = new ArrayList<>();
        try (NDArray array = file.tensor(manager, tensor)) {
            float[] values = array.toFloatArray();
            for (int i = 0; i < shape.get(0); i++) {
                images.add(Raster.of(values, i * 3 * height * width, height, width));
            }
        }
        return images;
    }

    private String text(String key) {
        String text = file.metadata().get(key);
        if (text == null) {
            throw new IllegalStateException("the artifact of unit '" + unit + "' has no '" + key + "'");
        }
        return text;
    }

    private <T> T parse(String key, TypeReference<T> type) {
        try {
            return JSON.readValue(text(key), type);
        } catch (JacksonException e) {
            throw new IllegalStateException(
                    "'" + key + "' of the artifact of unit '" + unit + "' is damaged: " + e.getOriginalMessage(), e);
        }
    }
}
