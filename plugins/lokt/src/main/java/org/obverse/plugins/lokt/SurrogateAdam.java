package org.obverse.plugins.lokt;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.List;
import java.util.function.Function;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.IdentityLoss;
import org.obverse.api.attack.IdentityLoss.Assessment;
import org.obverse.api.attack.Optimizer;
import org.obverse.api.attack.Representation;
import org.obverse.api.attack.StageContext;
import org.obverse.api.generator.Generator;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Resources;
import org.obverse.inversion.ClassDescent;
import org.obverse.inversion.ClassPoints;
import org.obverse.inversion.PreparedNetwork;

/**
 * The search of LOKT (Nguyen et al., NeurIPS 2023): PLG-MI's, with the mean of a loss over networks that the attack prepared in the place
 * of the target, which is asked nothing. Confidences and scores are those of the networks' mean logits.
 */
final class SurrogateAdam implements Optimizer, Representation.Opener {
    static final String NAME = "surrogate-adam";

    /** The sampler of PLG-MI. */
    static final String DRAWS = "class-draws";

    private final List<String> networks;
    private final ClassDescent descent;
    private final IdentityLoss loss;

    SurrogateAdam(SurrogateAdamSettings settings, Resources resources) {
        this.networks = settings.networks();
        this.descent = new ClassDescent(settings.descent(), settings.views(), settings.augmentation(), resources, NAME);
        this.loss = resources.create(Kind.IDENTITY_LOSS, settings.loss());
    }

    @Override
    public Representation open(NDList variables, Generator generator) {
        return ClassPoints.open(variables, generator, NAME);
    }

    @Override
    public Candidates optimize(Candidates start, StageContext context) {
        ClassPoints points = ClassPoints.of(start.representation(), context, NAME, DRAWS);
        return descent.optimize(start, points, () -> ensemble(context), context);
    }

    private IdentityLoss.Objective ensemble(StageContext context) {
        List<IdentityLoss.Objective> members = networks.stream()
                .map(name -> loss.begin(PreparedNetwork.of(name, context), context))
                .toList();
        return step -> {
            List<Assessment> said =
                    members.stream().map(member -> member.at(step)).toList();
            return new Assessment(mean(said, Assessment::losses), mean(said, Assessment::logits));
        };
    }

    private static NDArray mean(List<Assessment> said, Function<Assessment, NDArray> part) {
        return said.stream().map(part).reduce(NDArray::add).orElseThrow().div(said.size());
    }
}
