package org.obverse.engine.plan;

import java.util.Map;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.Optimizer;
import org.obverse.api.attack.Preparer;
import org.obverse.api.attack.Sampler;
import org.obverse.api.attack.Selector;
import org.obverse.api.attack.StageContext;
import org.obverse.api.generator.Generator;
import org.obverse.api.network.ParameterSource;

/** Stages that pass on what they get. */
final class FixtureStages {
    private FixtureStages() {}

    record Distill() implements Preparer {
        @Override
        public Made prepare(StageContext context) {
            return Made.of(Map.of());
        }

        @Override
        public Prepared open(ParameterSource tensors, Generator planned) {
            return new Prepared(planned, Map.of());
        }
    }

    record Pool() implements Sampler {
        @Override
        public Candidates sample(StageContext context) {
            throw new IllegalStateException("the pool is empty");
        }
    }

    record Stay() implements Optimizer {
        @Override
        public Candidates optimize(Candidates start, StageContext context) {
            return start;
        }
    }

    record Keep() implements Selector {
        @Override
        public Candidates select(Candidates found, StageContext context) {
            return found;
        }
    }
}
