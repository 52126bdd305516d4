package org.obverse.cli.panel;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.obverse.cli.figure.Bounds;
import org.obverse.cli.figure.Proportion;
import org.obverse.cli.figure.Share;
import org.obverse.cli.panel.Judgement.OfCell;
import org.obverse.cli.panel.Judgement.OfModel;
import org.obverse.engine.plan.Ground;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** A judgement as JSON; what is undefined is null. */
final class JudgementJson {
    private JudgementJson() {}

    static String of(Judgement judgement) {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("run", judgement.run());
        content.put("accepted", judgement.accepted().stream().map(Ground::label).toList());
        content.put("draws", judgement.draws());
        content.put("cells", judgement.cells().stream().map(JudgementJson::of).toList());
        return JsonMapper.builder()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build()
                .writeValueAsString(content);
    }

    private static Map<String, Object> of(OfCell cell) {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("cell", cell.cell());
        content.put("panels", cell.panels());
        content.put("refused", cell.refused());
        content.put("unanswered", cell.unanswered());
        content.put("people", cell.people());
        content.put("yes", of(cell.yes(), Bounds.NONE));
        content.put("tpr", of(cell.tpr(), cell.tpr().bounds()));
        content.put("fpr", of(cell.fpr(), cell.fpr().bounds()));
        Map<String, @Nullable Object> corrected = of(cell.corrected());
        corrected.put("undefined-because", cell.undefined().isEmpty() ? null : cell.undefined());
        content.put("corrected", corrected);
        content.put("models", cell.models().stream().map(JudgementJson::of).toList());
        return content;
    }

    private static Map<String, Object> of(OfModel model) {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("model", model.model());
        content.put("right", of(model.right(), Bounds.NONE));
        content.put("false-positives", of(model.falsePositives()));
        content.put("recall", of(model.recall()));
        return content;
    }

    private static Map<String, @Nullable Object> of(Proportion proportion, Bounds bounds) {
        Map<String, @Nullable Object> content = new LinkedHashMap<>();
        content.put("count", proportion.successes());
        content.put("of", proportion.trials());
        content.put("share", finite(proportion.share()));
        put(bounds, content);
        return content;
    }

    private static Map<String, @Nullable Object> of(Share share) {
        Map<String, @Nullable Object> content = new LinkedHashMap<>();
        content.put("share", finite(share.value()));
        put(share.bounds(), content);
        content.put("undefined-draws", share.undefined());
        return content;
    }

    private static void put(Bounds bounds, Map<String, @Nullable Object> content) {
        content.put("low", finite(bounds.low()));
        content.put("high", finite(bounds.high()));
    }

    private static @Nullable Double finite(double value) {
        return Double.isFinite(value) ? value : null;
    }
}
