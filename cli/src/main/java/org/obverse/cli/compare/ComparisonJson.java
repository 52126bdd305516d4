package org.obverse.cli.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.obverse.cli.compare.Comparison.Versus;
import org.obverse.cli.figure.Estimate;
import org.obverse.cli.figure.Finding;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** A comparison as JSON; what is undefined is null. */
final class ComparisonJson {
    private ComparisonJson() {}

    static String of(Comparison comparison) {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("baseline", comparison.baseline().name());
        content.put("seeds", comparison.baseline().seeds());
        content.put("draws", comparison.draws());
        content.put("figures", comparison.figures());
        content.put(
                "comparisons",
                comparison.others().stream().map(ComparisonJson::of).toList());
        return JsonMapper.builder()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build()
                .writeValueAsString(content);
    }

    private static Map<String, Object> of(Versus versus) {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("cell", versus.other().name());
        content.put("seeds", versus.other().seeds());
        content.put("starts", lower(versus.starts()));
        content.put("notes", versus.notes());
        content.put("figures", versus.figures().stream().map(ComparisonJson::of).toList());
        return content;
    }

    private static Map<String, @Nullable Object> of(ComparedFigure compared) {
        Finding finding = compared.finding();
        Map<String, @Nullable Object> content = new LinkedHashMap<>();
        content.put("figure", compared.figure().name());
        content.put("unit", compared.figure().unit());
        content.put("better", lower(compared.figure().better()));
        content.put("subject", lower(compared.subject()));
        content.put("identities", compared.identities());
        content.put("left-out", compared.leftOut());
        content.put("baseline", compared.baseline());
        content.put("value", compared.other());
        content.put(
                "controls", compared.beside().stream().map(ComparisonJson::of).toList());
        content.put("difference", finding.difference());
        content.put("advantage", finite(compared.advantage()));
        content.put("low", finite(finding.low()));
        content.put("high", finite(finding.high()));
        content.put("standard-error", finding.error());
        content.put("detectable", finite(finding.detectable()));
        content.put("p", finding.p());
        content.put("p-holm", compared.corrected());
        content.put("verdict", lower(compared.verdict()));
        List<String> doubts = new ArrayList<>();
        compared.doubts().forEach(doubt -> doubts.add(lower(doubt)));
        content.put("doubts", doubts);
        return content;
    }

    /** Not among the figures that the correction is for. */
    private static Map<String, Object> of(BesideFigure row) {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("row", row.label());
        content.put("baseline", of(row.baseline()));
        content.put("value", of(row.other()));
        return content;
    }

    private static Map<String, @Nullable Object> of(Estimate estimate) {
        Map<String, @Nullable Object> content = new LinkedHashMap<>();
        content.put("mean", finite(estimate.value()));
        content.put("low", finite(estimate.bounds().low()));
        content.put("high", finite(estimate.bounds().high()));
        return content;
    }

    private static @Nullable Double finite(double value) {
        return Double.isFinite(value) ? value : null;
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
