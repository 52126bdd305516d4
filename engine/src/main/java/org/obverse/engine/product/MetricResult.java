package org.obverse.engine.product;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.obverse.api.event.Summary;
import org.obverse.api.metric.Measurement;
import org.obverse.engine.artifact.Artifact;
import org.obverse.engine.artifact.ArtifactStore.Content;
import org.obverse.engine.artifact.TensorFile;
import org.obverse.engine.artifact.Tensors;
import org.obverse.engine.graph.Codec;
import org.obverse.engine.graph.Inputs;
import org.obverse.engine.graph.Lifetime;
import tools.jackson.core.type.TypeReference;

/** What became of a metric. */
public sealed interface MetricResult {
    /** It measured. */
    record Measured(Measurement measurement) implements MetricResult {}

    /** It declared itself undefined. */
    record Undefined(String reason) implements MetricResult {}

    /**
     * Stores figures, tables, captions and what charts say as metadata, pictures as {@code picture.NAME [C, H, W]}, and a chart's
     * values as {@code chart.CHART.SERIES.COLUMN [n]}.
     *
     * @param manager whose device pictures are opened on
     */
    record Form(NDManager manager) implements Codec<MetricResult> {
        /** Before the name of a picture, {@code [3, H, W]} or, if it is grey, {@code [1, H, W]}. */
        public static final String PICTURE = "picture.";

        private static final String CHARTS = "charts";

        @Override
        public Content encode(MetricResult product) {
            if (product instanceof Measured measured) {
                return encode(measured.measurement());
            }
            return new Tensors(
                    Map.of(), ProductForm.metadata("undefined", Map.of("reason", ((Undefined) product).reason())));
        }

        private Content encode(Measurement measurement) {
            Map<String, NDArray> tensors = new LinkedHashMap<>();
            Map<String, String> captions = new LinkedHashMap<>();
            for (Measurement.Picture picture : measurement.pictures()) {
                tensors.put(PICTURE + picture.name(), picture.pixels());
                captions.put(picture.name(), picture.caption());
            }
            StoredCharts charts = StoredCharts.of(measurement.charts());
            tensors.putAll(charts.tensors(manager));
            return new Tensors(
                    tensors,
                    ProductForm.metadata(
                            "scores",
                            Map.of(
                                    "figures",
                                    ProductForm.json(measurement.figures()),
                                    "tables",
                                    ProductForm.json(measurement.tables()),
                                    "captions",
                                    ProductForm.json(captions),
                                    CHARTS,
                                    ProductForm.json(charts.outlines()))));
        }

        @Override
        public Summary summary(MetricResult product) {
            Map<String, Double> figures = new LinkedHashMap<>();
            if (product instanceof Measured measured) {
                measured.measurement().figures().forEach(figure -> figures.put(figure.name(), figure.value()));
            }
            return new Summary(figures, Map.of(), List.of());
        }

        @Override
        public MetricResult decode(Artifact artifact, Inputs inputs, Lifetime lifetime) {
            return decode(artifact, lifetime);
        }

        /** Opens a result, for whoever reads a run back. */
        public MetricResult decode(Artifact artifact, Lifetime lifetime) {
            if (ProductForm.kind(artifact).equals("undefined")) {
                return new Undefined(ProductForm.text(artifact, "reason"));
            }
            NDManager opened = lifetime.own(manager.newSubManager());
            Map<String, String> captions = ProductForm.parse(artifact, "captions", new TypeReference<>() {});
            TensorFile file = artifact.tensors();
            List<Measurement.Picture> pictures = new ArrayList<>();
            for (String name : file.names()) {
                if (!name.startsWith(PICTURE)) {
                    continue;
                }
                String bare = name.substring(PICTURE.length());
                pictures.add(new Measurement.Picture(bare, captions.getOrDefault(bare, ""), file.tensor(opened, name)));
            }
            return new Measured(new Measurement(
                    ProductForm.parse(artifact, "figures", new TypeReference<List<Measurement.Figure>>() {}),
                    ProductForm.parse(artifact, "tables", new TypeReference<List<Measurement.Table>>() {}),
                    pictures,
                    StoredCharts.read(outlines(artifact), opened, file)));
        }

        /** Measurements of earlier versions have none. */
        private static List<StoredCharts.Outline> outlines(Artifact artifact) {
            return ProductForm.facts(artifact).containsKey(CHARTS)
                    ? ProductForm.parse(artifact, CHARTS, new TypeReference<List<StoredCharts.Outline>>() {})
                    : List.of();
        }
    }
}
