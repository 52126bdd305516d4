package org.obverse.engine.product;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.obverse.api.event.Summary;
import org.obverse.api.metric.Measurement;
import org.obverse.engine.artifact.Artifact;
import org.obverse.engine.artifact.ArtifactStore.Content;
import org.obverse.engine.artifact.TensorFile;
import org.obverse.engine.artifact.Tensors;
import org.obverse.engine.graph.Codec;
import org.obverse.engine.graph.Inputs;
import org.obverse.engine.graph.Lifetime;
import org.obverse.engine.plan.Objection;
import tools.jackson.core.type.TypeReference;

/** What became of a metric. */
public sealed interface MetricResult {
    /**
     * It measured.
     *
     * @param accepted what is against that, and is accepted by the plan
     */
    record Measured(Measurement measurement, List<Objection> accepted) implements MetricResult {
        public Measured {
            accepted = List.copyOf(accepted);
        }

        /** With nothing against it. */
        public Measured(Measurement measurement) {
            this(measurement, List.of());
        }
    }

    /** It declared itself undefined. */
    record Undefined(String reason) implements MetricResult {}

    /**
     * It was not asked, as its figures would prove nothing.
     *
     * @param objections at least one
     */
    record Refused(List<Objection> objections) implements MetricResult {
        public Refused {
            objections = List.copyOf(objections);
        }

        /** In one line, with the ways out. */
        public String reason() {
            return objections.stream().map(Objection::refusal).collect(Collectors.joining(". Also "));
        }
    }

    /**
     * Stores what is against it, figures, tables, captions and what charts say as metadata, pictures as {@code picture.NAME [C, H, W]}, and a chart's
     * values as {@code chart.CHART.SERIES.COLUMN [n]}.
     *
     * @param manager whose device pictures are opened on
     */
    record Form(NDManager manager) implements Codec<MetricResult> {
        /** Before the name of a picture, {@code [3, H, W]} or, if it is grey, {@code [1, H, W]}. */
        public static final String PICTURE = "picture.";

        private static final String CHARTS = "charts";
        private static final String REFUSED = "refused";
        private static final String OBJECTIONS = "objections";

        @Override
        public Content encode(MetricResult product) {
            if (product instanceof Measured measured) {
                return encode(measured.measurement(), measured.accepted());
            }
            if (product instanceof Refused refused) {
                return new Tensors(
                        Map.of(),
                        ProductForm.metadata(REFUSED, Map.of(OBJECTIONS, ProductForm.json(refused.objections()))));
            }
            return new Tensors(
                    Map.of(), ProductForm.metadata("undefined", Map.of("reason", ((Undefined) product).reason())));
        }

        private Content encode(Measurement measurement, List<Objection> accepted) {
            Map<String, NDArray> tensors = new LinkedHashMap<>();
            Map<String, String> captions = new LinkedHashMap<>();
            for (Measurement.Picture picture : measurement.pictures()) {
                tensors.put(PICTURE + picture.name(), picture.pixels());
                captions.put(picture.name(), picture.caption());
            }
            StoredCharts charts = StoredCharts.of(measurement.charts());
            tensors.putAll(charts.tensors(manager));
            Map<String, String> facts = new LinkedHashMap<>();
            facts.put("figures", ProductForm.json(measurement.figures()));
            facts.put("tables", ProductForm.json(measurement.tables()));
            facts.put("captions", ProductForm.json(captions));
            facts.put(CHARTS, ProductForm.json(charts.outlines()));
            if (!accepted.isEmpty()) {
                facts.put(OBJECTIONS, ProductForm.json(accepted));
            }
            return new Tensors(tensors, ProductForm.metadata("scores", facts));
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
            if (ProductForm.kind(artifact).equals(REFUSED)) {
                return new Refused(objections(artifact));
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
            Measurement measurement = new Measurement(
                    ProductForm.parse(artifact, "figures", new TypeReference<List<Measurement.Figure>>() {}),
                    ProductForm.parse(artifact, "tables", new TypeReference<List<Measurement.Table>>() {}),
                    pictures,
                    StoredCharts.read(outlines(artifact), opened, file));
            return new Measured(measurement, objections(artifact));
        }

        /** Measurements of earlier versions, and those with nothing against them, have none. */
        private static List<Objection> objections(Artifact artifact) {
            return ProductForm.facts(artifact).containsKey(OBJECTIONS)
                    ? ProductForm.parse(artifact, OBJECTIONS, new TypeReference<List<Objection>>() {})
                    : List.of();
        }

        /** Measurements of earlier versions have none. */
        private static List<StoredCharts.Outline> outlines(Artifact artifact) {
            return ProductForm.facts(artifact).containsKey(CHARTS)
                    ? ProductForm.parse(artifact, CHARTS, new TypeReference<List<StoredCharts.Outline>>() {})
                    : List.of();
        }
    }
}
