package org.obverse.plugins.lokt;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import java.util.Map;
import org.obverse.api.attack.StageContext;
import org.obverse.api.data.Images;
import org.obverse.api.network.Parameters;
import org.obverse.api.network.Pass;
import org.obverse.api.oracle.LabelOracle;
import org.obverse.api.plugin.Resources;
import org.obverse.api.random.RandomStream;
import org.obverse.api.tensor.Gradients;
import org.obverse.api.tensor.Operators;
import org.obverse.gans.ConditionalDraw;
import org.obverse.gans.ConditionalNetwork;
import org.obverse.gans.ConditionalRecipe;
import org.obverse.gans.Diverged;
import org.obverse.gans.Player;
import org.obverse.gans.PublicBatches;
import org.obverse.plugins.lokt.ClassifyingDiscriminator.Opinion;

/**
 * One training of the GAN with the losses of {@link LabelLosses}. In an iteration the discriminator learns first. The target is asked
 * about the images of the discriminator's steps, and not before the losses know classes.
 */
final class LabelTraining {
    private final TransferSettings settings;
    private final ConditionalRecipe recipe;
    private final Resources resources;
    private final Operators operators;
    private final ConditionalNetwork generator;
    private final ClassifyingDiscriminator discriminator;
    private final LabelOracle target;
    private final StageContext context;
    private final NDManager manager;
    private final Pass pass;

    LabelTraining(
            TransferSettings settings,
            Resources resources,
            ConditionalNetwork generator,
            ClassifyingDiscriminator discriminator,
            LabelOracle target,
            StageContext context) {
        this.settings = settings;
        this.recipe = settings.training();
        this.resources = resources;
        this.operators = resources.operators();
        this.generator = generator;
        this.discriminator = discriminator;
        this.target = target;
        this.context = context;
        this.manager = context.manager();
        this.pass = Pass.training(context.random().child("pass"));
    }

    /**
     * @param drawn the generator's tensors
     * @param judged the discriminator's tensors
     */
    void run(Images real, Parameters drawn, Parameters judged) {
        recipe.requireEnough(real, "public images", "more public images");
        PublicBatches batches = new PublicBatches(manager, real);
        PublicBatches.Order order = batches.order(context.random().child("order"), recipe.batch());
        try (Player drawing = new Player(drawn, recipe.adam(), resources);
                Player judging = new Player(judged, recipe.adam(), resources)) {
            for (int iteration = 0; iteration < recipe.iterations(); iteration++) {
                RandomStream draws = context.random().child("iteration", iteration);
                boolean classes = iteration >= settings.classTermsAfter();
                double obeyed = Double.NaN;
                for (int step = 0; step < recipe.discriminatorSteps(); step++) {
                    context.checkpoint();
                    int[] rows = order.at(iteration * recipe.discriminatorSteps() + step);
                    obeyed = judge(judging, batches, draws.child("discriminator", step), classes, rows);
                }
                context.checkpoint();
                double loss = draw(drawing, draws.child("generator"), classes);
                Diverged.unlessFinite("loss", loss, iteration);
                context.progress(
                        iteration + 1L,
                        recipe.iterations(),
                        classes ? Map.of("loss", loss, "taken for their class", obeyed) : Map.of("loss", loss));
            }
        }
    }

    /** The share of the generated images that the target takes for what was asked for; NaN if it was not asked. */
    private double judge(Player judging, PublicBatches batches, RandomStream draws, boolean classes, int... rows) {
        try (NDScope scope = new NDScope()) {
            NDArray reals = batches.read(manager, rows);
            ConditionalDraw asked = ConditionalDraw.of(draws, recipe.batch(), generator.layout(), manager);
            NDArray fakes = asked.images(generator, pass);
            NDArray labels = classes ? target.labels(fakes) : asked.classes();
            try (Gradients.Recording recording = resources.gradients().recording()) {
                NDArray unreal =
                        LabelLosses.unreal(discriminator.apply(reals, pass).realness(), operators);
                Opinion fake = discriminator.apply(fakes, pass);
                NDArray realism = unreal.add(LabelLosses.unfake(fake.realness(), operators));
                judging.learn(classes ? realism.add(classTerm(fake, labels)) : realism);
            }
            return classes ? share(labels.eq(asked.classes())) : Double.NaN;
        }
    }

    private double draw(Player drawing, RandomStream draws, boolean classes) {
        try (NDScope scope = new NDScope();
                Gradients.Recording recording = resources.gradients().recording()) {
            ConditionalDraw asked = ConditionalDraw.of(draws, recipe.batch(), generator.layout(), manager);
            Opinion fake = discriminator.apply(asked.images(generator, pass), pass);
            NDArray realism = LabelLosses.unreal(fake.realness(), operators);
            NDArray loss = classes ? realism.add(classTerm(fake, asked.classes())) : realism;
            drawing.learn(loss);
            return loss.getDouble();
        }
    }

    private NDArray classTerm(Opinion fake, NDArray wanted) {
        return LabelLosses.misclassified(fake.classes(), wanted).mul(settings.classWeight());
    }

    private static double share(NDArray hits) {
        return hits.toType(DataType.FLOAT64, false).mean().getDouble();
    }
}
