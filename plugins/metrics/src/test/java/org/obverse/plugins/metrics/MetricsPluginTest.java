package org.obverse.plugins.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.obverse.api.metric.Judged;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Component;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Plugin;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Requirements;
import org.obverse.api.plugin.Use;
import org.obverse.api.training.TrainingRecipe;

class MetricsPluginTest {
    @Test
    void the_service_loader_finds_sixteen_metrics() {
        Plugin plugin = ServiceLoader.load(Plugin.class).stream()
                .filter(provider -> provider.type() == MetricsPlugin.class)
                .findFirst()
                .orElseThrow()
                .get();

        assertEquals("metrics", plugin.id());
        assertEquals(
                List.of(
                        "attack-accuracy",
                        "feature-distance",
                        "distance-over-steps",
                        "knowledge-extraction",
                        "test-accuracy",
                        "calibration-error",
                        "feature-geometry",
                        "linear-probe",
                        "t-sne",
                        "frechet-distance",
                        "precision-recall-density-coverage",
                        "judge-agreement",
                        "type-i-audit",
                        "diversity",
                        "adversarial-robustness",
                        "model-stealing"),
                plugin.components().stream().map(Component::name).toList());
        assertTrue(plugin.components().stream().allMatch(component -> component.kind() == Kind.METRIC));
    }

    @Test
    void defaults_are_sound_and_every_key_has_a_meaning() {
        for (Component<?, ?> component : new MetricsPlugin().components()) {
            if (component.defaults() instanceof Checked checked) {
                assertEquals(List.of(), checked.check());
            }
            assertTrue(
                    Arrays.stream(component.configurationType().getRecordComponents())
                            .allMatch(key -> key.isAnnotationPresent(Meaning.class)),
                    component.name());
        }
    }

    @Test
    void knowledge_extraction_needs_its_student_to_exist() {
        Use student = Use.of("some-network");
        KnowledgeExtractionMetric.Configuration configuration = new KnowledgeExtractionMetric.Configuration(
                "", student, KnowledgeExtractionMetric.Configuration.DEFAULT.training());

        Requirements.NestedUse part = new MetricsPlugin()
                .components().stream()
                        .filter(component -> component.name().equals("knowledge-extraction"))
                        .map(component -> requirements(component, configuration))
                        .findFirst()
                        .orElseThrow()
                        .parts()
                        .get(0);

        assertEquals("student", part.key());
        assertEquals(Kind.CLASSIFIER, part.kind());
        assertEquals(student, part.use());
    }

    @Test
    void figures_of_an_attack_can_name_the_model_that_judges() {
        long judged = new MetricsPlugin()
                .components().stream()
                        .filter(component -> component.defaults() instanceof Judged)
                        .count();

        assertEquals(8, judged);
    }

    @Test
    void the_default_student_learns_by_the_recipe_of_the_published_script() {
        TrainingRecipe recipe = KnowledgeExtractionMetric.Configuration.DEFAULT.training();

        assertEquals(0.1, recipe.learningRate(0));
        assertEquals(1e-4, recipe.learningRate(75), 1e-12);
        assertEquals(75, recipe.epochs());
    }

    @Test
    void settings_without_a_meaning_are_refused() {
        assertRefused(new PrdcMetric.Configuration("", 0, Prdc.Definition.USUAL), "k");
        assertRefused(new AdversarialRobustnessMetric.Configuration(List.of(), 20, 5, 10), "epsilons");
        assertRefused(new AdversarialRobustnessMetric.Configuration(List.of(2.0, 1.0), 20, 5, 10), "epsilons");
        assertRefused(new AdversarialRobustnessMetric.Configuration(List.of(0.0, 1.0), 20, 5, 10), "epsilons.0");
        assertRefused(new AdversarialRobustnessMetric.Configuration(List.of(1.0), 0, 5, 10), "steps");
        assertRefused(new AdversarialRobustnessMetric.Configuration(List.of(1.0), 20, 0, 10), "restarts");
        assertRefused(new AdversarialRobustnessMetric.Configuration(List.of(1.0), 20, 5, 0), "samples");
        assertRefused(
                new ModelStealingMetric.Configuration(Answers.LABELS, 0, Use.of("small-resnet"), Metrics.recipe(1, 1)),
                "queries");
        assertRefused(
                new ModelStealingMetric.Configuration(Answers.LOGITS, 9, Use.of("small-resnet"), smoothed()),
                "training.smoothing");
        assertRefused(new TsneMetric.Configuration(1, 100, 5), "classes");
        assertRefused(new TsneMetric.Configuration(2, 10, 3), "images");
        assertRefused(new TsneMetric.Configuration(2, 20_000, 5), "images");
        assertRefused(new TsneMetric.Configuration(2, 50, 30), "perplexity");
        assertRefused(new TsneMetric.Configuration(2, 100, Double.NaN), "perplexity");
        assertRefused(
                new CalibrationErrorMetric.Configuration(0, Calibration.Norm.L1, Calibration.Binning.DEFAULT), "bins");
        assertRefused(
                new KnowledgeExtractionMetric.Configuration("", Use.of("small-resnet"), untrained()),
                "training.learning-rate");
    }

    private static void assertRefused(Checked configuration, String path) {
        List<Problem> problems = configuration.check();
        assertEquals(1, problems.size());
        assertEquals(path, problems.get(0).path());
        assertFalse(problems.get(0).wayOut().isEmpty());
    }

    private static TrainingRecipe smoothed() {
        TrainingRecipe plain = TrainingRecipe.DEFAULT;
        return new TrainingRecipe(
                plain.optimizer(),
                plain.learningRate(),
                plain.beta1(),
                plain.beta2(),
                plain.momentum(),
                plain.weightDecay(),
                plain.epochs(),
                plain.batch(),
                plain.decay(),
                plain.milestones(),
                plain.finalLearningRate(),
                0.1,
                plain.augmentation());
    }

    private static TrainingRecipe untrained() {
        return Metrics.recipe(0, 1);
    }

    @SuppressWarnings("unchecked")
    private static <C extends Record> Requirements requirements(Component<C, ?> component, Record configuration) {
        return component.requirements().apply((C) configuration);
    }
}
