package org.obverse.engine.run;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.Representation;
import org.obverse.api.metric.Measurement;
import org.obverse.engine.artifact.Tensors;
import tools.jackson.databind.json.JsonMapper;

/** What a unit yields. Every product is stored as a tensor file and read from there by those who need it. */
sealed interface Product {
    JsonMapper JSON = JsonMapper.shared();
    String KIND = "product";

    /** What its artifact holds. */
    Tensors encode();

    /**
     * What a data set is: sizes and a hash of its pixels, so that a run notices when data changed.
     */
    record Data(Map<String, String> facts) implements Product {
        @Override
        public Tensors encode() {
            return new Tensors(Map.of(), with("data", facts));
        }
    }

    /**
     * Named tensors: a network's, or pictures.
     *
     * @param history figures by epoch, as JSON; empty if it was not trained here
     */
    record Weights(Map<String, NDArray> tensors, String history) implements Product {
        @Override
        public Tensors encode() {
            return new Tensors(tensors, with("weights", Map.of("history", history)));
        }
    }

    /**
     * What a preparer made.
     *
     * @param tensors by names of its own
     * @param queries to the target, by kind of question
     */
    record Prepared(Map<String, NDArray> tensors, Map<String, Long> queries) implements Product {
        @Override
        public Tensors encode() {
            return new Tensors(tensors, with("prepared", Map.of("queries", JSON.writeValueAsString(queries))));
        }
    }

    /**
     * What a stage found.
     *
     * @param queries to the target, by kind of question
     */
    record Found(Candidates candidates, Map<String, Long> queries) implements Product {
        @Override
        public Tensors encode() {
            Representation representation = candidates.representation();
            Map<String, NDArray> tensors = new LinkedHashMap<>();
            NDList variables = representation.variables();
            NDManager manager = variables.head().getManager();
            for (NDArray variable : variables) {
                tensors.put("variable." + variable.getName(), variable);
            }
            long[] classes = candidates.classes().stream().mapToLong(c -> c).toArray();
            tensors.put("classes", manager.create(classes));
            double[] scores =
                    candidates.scores().stream().mapToDouble(score -> score).toArray();
            tensors.put("scores", manager.create(scores));
            for (Candidates.Curve curve : candidates.curves()) {
                tensors.put("curve." + curve.name(), padded(manager, curve.values()));
            }
            return new Tensors(
                    tensors,
                    with(
                            "candidates",
                            Map.of("form", representation.form(), "queries", JSON.writeValueAsString(queries))));
        }

        private static NDArray padded(NDManager manager, List<float[]> rows) {
            int longest = rows.stream().mapToInt(row -> row.length).max().orElse(0);
            float[] values = new float[rows.size() * longest];
            Arrays.fill(values, Float.NaN);
            for (int i = 0; i < rows.size(); i++) {
                System.arraycopy(rows.get(i), 0, values, i * longest, rows.get(i).length);
            }
            return manager.create(values, new Shape(rows.size(), longest));
        }
    }

    /** What a metric measured. */
    record Scores(Measurement measurement) implements Product {
        @Override
        public Tensors encode() {
            Map<String, NDArray> pictures = new LinkedHashMap<>();
            Map<String, String> captions = new LinkedHashMap<>();
            for (Measurement.Picture picture : measurement.pictures()) {
                pictures.put("picture." + picture.name(), picture.pixels());
                captions.put(picture.name(), picture.caption());
            }
            return new Tensors(
                    pictures,
                    with(
                            "scores",
                            Map.of(
                                    "figures", JSON.writeValueAsString(measurement.figures()),
                                    "tables", JSON.writeValueAsString(measurement.tables()),
                                    "captions", JSON.writeValueAsString(captions))));
        }
    }

    /** That a metric declared itself undefined. */
    record Undefined(String reason) implements Product {
        @Override
        public Tensors encode() {
            return new Tensors(Map.of(), with("undefined", Map.of("reason", reason)));
        }
    }

    /**
     * What a unit yields that ran out of memory with the plan's batch.
     *
     * @param batch with which it was made
     */
    record Halved(Product product, int batch) implements Product {
        static final String BATCH = "halved-batch";

        @Override
        public Tensors encode() {
            return product.encode().with(BATCH, String.valueOf(batch));
        }
    }

    private static Map<String, String> with(String kind, Map<String, String> facts) {
        Map<String, String> metadata = facts.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, LinkedHashMap::new));
        metadata.put(KIND, kind);
        return metadata;
    }
}
