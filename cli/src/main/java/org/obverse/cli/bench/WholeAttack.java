package org.obverse.cli.bench;

import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.obverse.api.attack.Attack;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.Stage;
import org.obverse.api.attack.StageContext;
import org.obverse.api.generator.Generator;
import org.obverse.api.network.Classifier;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Use;

/** The attack {@code ppa} on one class with its own settings, which are those of the published one: what each stage takes. */
final class WholeAttack {
    private final Size size;
    private final Lender lender;
    private final Attack attack;
    private final Generator generator;
    private final Classifier target;
    private final List<String> stages = new ArrayList<>();
    private double together;

    WholeAttack(Size size, Lender lender) {
        this.size = size;
        this.lender = lender;
        this.attack = lender.create(Kind.ATTACK, new Use("ppa", Map.of("center-crop", size.crop())));
        this.generator = lender.create(Kind.GENERATOR, new Use("stylegan2", size.generator()))
                .build(lender.parameters(1));
        this.target = lender.create(Kind.CLASSIFIER, Use.of("resnet18"))
                .build(new Shape(3, size.input(), size.input()), Size.CLASSES, lender.parameters(2));
    }

    /** Runs it once; seconds of all stages together. */
    double run() {
        try (NDScope scope = new NDScope()) {
            Candidates start = timed("pool", Kind.SAMPLER, Stage.SAMPLE, (it, context) -> it.sample(context));
            Candidates found =
                    timed("steps", Kind.OPTIMIZER, Stage.OPTIMIZE, (it, context) -> it.optimize(start, context));
            timed("selection", Kind.SELECTOR, Stage.SELECT, (it, context) -> it.select(found, context));
        }
        return together;
    }

    /** What each stage took. */
    String said() {
        return String.join(", ", stages) + String.format(Locale.ROOT, "; together %.1f s", together);
    }

    private <T> Candidates timed(String name, Kind<T> kind, Stage stage, Work<T> work) {
        Use use = attack.stages().get(stage);
        if (use == null) {
            throw new IllegalStateException("'ppa' has no stage " + stage.label());
        }
        T component = lender.create(kind, use);
        long began = System.nanoTime();
        Candidates result =
                work.by(component, lender.stage(kind, use, generator, target, size::batch, new StepClock()));
        double seconds = (System.nanoTime() - began) / 1e9;
        stages.add(String.format(Locale.ROOT, "%s %.1f s", name, seconds));
        together += seconds;
        return result;
    }

    private interface Work<T> {
        Candidates by(T component, StageContext context);
    }
}
