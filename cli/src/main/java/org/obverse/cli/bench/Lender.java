package org.obverse.cli.bench;

import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import org.obverse.api.attack.StageContext;
import org.obverse.api.generator.Generator;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.ParameterSource;
import org.obverse.api.network.Parameters;
import org.obverse.api.network.ScriptedModule;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Resources;
import org.obverse.api.plugin.Use;
import org.obverse.api.plugin.Workspace;
import org.obverse.api.random.RandomStream;
import org.obverse.api.tensor.Gradients;
import org.obverse.api.tensor.Operators;
import org.obverse.api.training.Training;
import org.obverse.engine.lend.ComponentResources;
import org.obverse.engine.lend.StageLoan;
import org.obverse.engine.lend.Supervision;
import org.obverse.engine.lend.UnitLoan;
import org.obverse.engine.plan.Components;
import org.obverse.engine.plan.Needs;
import org.obverse.engine.plan.PlannedComponent;
import org.obverse.engine.random.CounterStream;
import org.obverse.engine.target.QueryLedger;
import org.obverse.engine.target.TargetModel;
import org.obverse.engine.torch.TorchRuntime;

/**
 * Makes components and lends to stages what a run would lend them.
 *
 * @param manager of all that is made
 * @param tally the operators that components get
 */
record Lender(Components components, TorchRuntime torch, NDManager manager, Tally tally) {
    <T> T create(Kind<T> kind, Use use) {
        PlannedComponent<T> chosen = components.choose(kind, use);
        return chosen.create(new Counted(
                new ComponentResources(
                        torch,
                        manager,
                        components,
                        Path.of(""),
                        CounterStream.of(1),
                        chosen.plugin(),
                        Supervision.none()),
                tally));
    }

    Parameters parameters(long seed) {
        return new Parameters(manager, ParameterSource.fresh(CounterStream.of(seed)));
    }

    /** For a unit of class 0. */
    StageContext stage(
            Kind<?> kind, Use use, Generator generator, Classifier target, IntSupplier batch, UnitLoan.Watch watch) {
        StageLoan.Surroundings surroundings = new StageLoan.Surroundings(
                use.name(),
                Needs.of(components.choose(kind, use), components),
                List.of(0),
                () -> new TargetModel(target, List.of(), torch.gradients()),
                generator,
                Map.of(),
                () -> {
                    throw new IllegalArgumentException("the benchmark has no images");
                });
        return new StageLoan(
                surroundings,
                new UnitLoan(CounterStream.of(5), manager, batch, watch),
                List.of(0),
                new QueryLedger(Long.MAX_VALUE));
    }

    /** As a component is lent them, but for the operators. */
    private record Counted(Resources inner, Operators operators) implements Resources {
        @Override
        public Gradients gradients() {
            return inner.gradients();
        }

        @Override
        public Training training() {
            return inner.training();
        }

        @Override
        public RandomStream random() {
            return inner.random();
        }

        @Override
        public NDManager manager() {
            return inner.manager();
        }

        @Override
        public Workspace workspace() {
            return inner.workspace();
        }

        @Override
        public ParameterSource weights(String location) {
            return inner.weights(location);
        }

        @Override
        public ScriptedModule script(String location) {
            return inner.script(location);
        }

        @Override
        public <T> T create(Kind<T> kind, Use use) {
            return inner.create(kind, use);
        }
    }
}
