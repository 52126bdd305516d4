package org.obverse.engine.unit;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.obverse.api.generator.Generator;
import org.obverse.api.network.Classifier;
import org.obverse.engine.graph.Input;
import org.obverse.engine.graph.Inputs;
import org.obverse.engine.graph.Known;
import org.obverse.engine.lend.UndeclaredGenerator;
import org.obverse.engine.product.GeneratorNetwork;
import org.obverse.engine.product.PreparedNetworks;

/**
 * What a stage searches: the generator that was prepared, or else the plan's; nothing if there is neither.
 *
 * @param planned at most one, and none if something is prepared that does not use it
 * @param prepared at most one
 */
public record SearchSpace(List<Input<GeneratorNetwork>> planned, List<Input<PreparedNetworks>> prepared) {
    public SearchSpace {
        planned = List.copyOf(planned);
        prepared = List.copyOf(prepared);
    }

    /** What a stage reads: what was prepared brings the plan's generator along. */
    public List<Input<?>> inputs() {
        return List.copyOf(prepared.isEmpty() ? planned : prepared);
    }

    /**
     * @param stage the name of the component that asks
     */
    public Generator generator(Inputs inputs, String stage) {
        if (!prepared.isEmpty()) {
            return PreparedNetworks.opened(inputs.get(prepared.get(0))).generator();
        }
        return planned.isEmpty() ? new UndeclaredGenerator(stage) : GeneratorNetwork.opened(inputs.get(planned.get(0)));
    }

    /** Networks that were prepared, by name. */
    public Map<String, Classifier> networks(Inputs inputs) {
        return prepared.isEmpty()
                ? Map.of()
                : PreparedNetworks.opened(inputs.get(prepared.get(0))).networks();
    }

    /** The generator, as far as it is known before anything runs: what is prepared is not. */
    public Optional<Generator> known(Known known) {
        return prepared.isEmpty() && !planned.isEmpty() ? known.of(planned.get(0), Generator.class) : Optional.empty();
    }
}
