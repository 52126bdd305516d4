package org.obverse.engine.plan;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.obverse.engine.configuration.Node;

/** On which grounds an evaluation is refused, unless its plan accepts that by name. Names are stored with results and stay what they are. */
public enum Ground {
    /** An attack that was optimized on a model is judged by that model: every adversarial example counts as a likeness. */
    @JsonProperty("judge-is-target")
    JUDGE_IS_TARGET("a judge has the weights of the attacked model", "judge by a model with other weights"),
    /** Networks of one origin share what they mistake (arXiv 2505.03519: false positives that judge and target share). */
    @JsonProperty("judge-trained-alike")
    JUDGE_TRAINED_ALIKE(
            "a judge shares the attacked model's recipe and seed, or the weights that it began with",
            "give it another classifier, other weights to start from or a seed of its own"),
    /** What the plan holds back as test images may be what such a judge was trained on. */
    @JsonProperty("judge-of-another-split")
    JUDGE_OF_ANOTHER_SPLIT(
            "a judge comes from a run with other test images",
            "train it in this plan, or give data and seeds.split that it was trained with"),
    /** It is no better than its own accuracy. */
    @JsonProperty("weak-judge")
    WEAK_JUDGE(
            "a judge is right about fewer than 90 % of its own test images, or there are none",
            "train it longer or on more images, or choose a stronger one"),
    /** Its confidence is a figure of the metric. */
    @JsonProperty("uncalibrated-judge")
    UNCALIBRATED_JUDGE(
            "a judge's confidence is off by more than 0.25 on average, and the metric reads it",
            "train it with less smoothing or less long, or choose another one"),
    /** The attacker was given what it is to reveal. */
    @JsonProperty("private-in-public")
    PRIVATE_IN_PUBLIC(
            "images of the attacker's public part are private ones", "take these images out of the public part"),
    /** The figure is of the number of samples, not of what they show. */
    @JsonProperty("too-few-samples")
    TOO_FEW_SAMPLES(
            "a metric has fewer images than its estimate needs",
            "attack more classes, keep more candidates of each, or use data with more images"),
    /** The spread over repetitions is of two causes that cannot be told apart. */
    @JsonProperty("split-by-attack-seed")
    SPLIT_BY_ATTACK_SEED(
            "the data are split anew with each attack seed",
            "vary one of both seeds, and make a study of its own for the other");

    /** The plan's key. */
    public static final String KEY = "accept";

    private final String meaning;
    private final String remedy;

    Ground(String meaning, String remedy) {
        this.meaning = meaning;
        this.remedy = remedy;
    }

    /** As plans write it. */
    public String label() {
        return String.valueOf(Node.of(this).plain());
    }

    /** What is doubted, in a line. */
    public String meaning() {
        return meaning;
    }

    String wayOut() {
        return remedy + ", or accept it by name: " + KEY + ": [ " + label() + " ]";
    }
}
