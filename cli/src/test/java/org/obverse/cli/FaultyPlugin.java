package org.obverse.cli;

import ai.djl.ndarray.NDArray;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.obverse.api.attack.Attack;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.Optimizer;
import org.obverse.api.attack.Preflight;
import org.obverse.api.attack.Stage;
import org.obverse.api.attack.StageContext;
import org.obverse.api.defense.Defense;
import org.obverse.api.defense.LossTerm;
import org.obverse.api.event.RunFact;
import org.obverse.api.event.RunListener;
import org.obverse.api.event.RunView;
import org.obverse.api.metric.Measurement;
import org.obverse.api.metric.MetricFailedException;
import org.obverse.api.metric.ReconstructionMetric;
import org.obverse.api.network.Activations;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Component;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Plugin;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Requirements;
import org.obverse.api.plugin.Use;

/** Throws where its jar says, see {@link Fault}; it is packed and loaded like anybody's. */
public final class FaultyPlugin implements Plugin {
    record Keys(
            @Meaning("stands behind the place, so that one of several cells can fail")
            int variant) implements Checked {
        @Override
        public List<Problem> check() {
            Fault.at("check");
            return List.of();
        }
    }

    @Override
    public String id() {
        return "faulty";
    }

    @Override
    public String version() {
        return "1";
    }

    @Override
    public List<Component<?, ?>> components() {
        Keys keys = new Keys(0);
        return List.of(
                new Component<>(Kind.ATTACK, "faulty-attack", "", keys, (none, resources) -> {
                    Fault.at("attack.factory");
                    return new Attack(
                            Map.of(Stage.SAMPLE, Use.of("toy2d-start"), Stage.OPTIMIZE, Use.of("faulty-optimizer")));
                }),
                new Component<>(
                        Kind.OPTIMIZER,
                        "faulty-optimizer",
                        "",
                        keys,
                        none -> {
                            Fault.at("requirements");
                            return Requirements.none();
                        },
                        (own, resources) -> {
                            Fault.at("optimizer.factory");
                            return new Idler(own.variant());
                        }),
                new Component<>(Kind.DEFENSE, "faulty-defense", "", keys, (none, resources) -> {
                    Fault.at("defense.factory");
                    return defense();
                }),
                new Component<>(Kind.METRIC, "faulty-metric", "", keys, (own, resources) -> {
                    Fault.at("metric.factory");
                    return metric(own.variant());
                }),
                new Component<>(
                        Kind.METRIC,
                        "undefined-metric",
                        "",
                        keys,
                        (none, resources) -> (ReconstructionMetric) evidence -> {
                            throw new MetricFailedException("there is nothing to measure; this metric never works");
                        }),
                new Component<>(Kind.LISTENER, "faulty-listener", "", keys, (none, resources) -> {
                    Fault.at("listener.factory");
                    return new Ear();
                }));
    }

    private record Idler(int variant) implements Optimizer, Preflight {
        @Override
        public List<Problem> check(Setting setting) {
            Fault.at("preflight");
            return List.of();
        }

        @Override
        public Candidates optimize(Candidates start, StageContext context) {
            Fault.at("optimize", context.manager());
            Fault.at("optimize-" + variant);
            return Fault.is("losses nan") ? lost(start) : start;
        }
    }

    /** The loss of none of them was a number in the only step. */
    private static Candidates lost(Candidates start) {
        return new Candidates(
                start.representation(),
                start.classes(),
                start.scores(),
                List.of(new Candidates.Curve("loss", Collections.nCopies(start.size(), new float[] {Float.NaN}))));
    }

    private static Defense defense() {
        return () -> {
            Fault.at("defense.parts");
            return List.of(new Nothing());
        };
    }

    /** Adds zero to the loss. */
    private record Nothing() implements LossTerm {
        @Override
        public Set<String> taps() {
            Fault.at("taps");
            return Set.of();
        }

        @Override
        public double weight() {
            return 1;
        }

        @Override
        public Role role() {
            return Role.BESIDE_CROSS_ENTROPY;
        }

        @Override
        public NDArray loss(NDArray images, Activations activations, NDArray targets, NDArray labels) {
            Fault.at("loss");
            return targets.mul(0f).sum(new int[] {1});
        }
    }

    private static ReconstructionMetric metric(int variant) {
        return evidence -> {
            Fault.at("measure", evidence.manager());
            Fault.at("measure-" + variant, evidence.manager());
            return Measurement.of(new Measurement.Figure(
                    "candidates", evidence.candidates().size(), Measurement.Better.NEITHER, "candidates"));
        };
    }

    private static final class Ear implements RunListener {
        @Override
        public void completed(RunFact.Completed fact, RunView run) {
            if (fact.unit().slot().equals("target")) {
                Fault.at("completed");
            }
        }

        @Override
        public void ended(RunFact.Ended fact, RunView run) {
            Fault.at("ended");
        }
    }
}
