package org.obverse.plugins.plg;

import ai.djl.ndarray.NDList;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.IdentityLoss;
import org.obverse.api.attack.Optimizer;
import org.obverse.api.attack.Representation;
import org.obverse.api.attack.StageContext;
import org.obverse.api.generator.Generator;
import org.obverse.api.oracle.WhiteBox;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Resources;
import org.obverse.inversion.ClassDescent;
import org.obverse.inversion.ClassPoints;

/** The search of PLG-MI (Yuan et al. 2023): a {@link ClassDescent} that asks the target. */
final class ClassAdam implements Optimizer, Representation.Opener {
    static final String NAME = "class-adam";

    private final ClassDescent descent;
    private final IdentityLoss loss;

    ClassAdam(ClassAdamSettings settings, Resources resources) {
        this.descent = new ClassDescent(settings.descent(), settings.views(), settings.augmentation(), resources, NAME);
        this.loss = resources.create(Kind.IDENTITY_LOSS, settings.loss());
    }

    @Override
    public Representation open(NDList variables, Generator generator) {
        return ClassPoints.open(variables, generator, NAME);
    }

    @Override
    public Candidates optimize(Candidates start, StageContext context) {
        ClassPoints points = ClassPoints.of(start.representation(), context, NAME, ClassDraws.NAME);
        WhiteBox target = context.target(WhiteBox.class);
        return descent.optimize(start, points, () -> loss.begin(target, context), context);
    }
}
