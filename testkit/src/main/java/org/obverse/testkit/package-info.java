/**
 * Real services with which a component is tested, without a run around it. Rules that every plugin must pass belong here
 * too; tests of our own plugins do not.
 *
 * <h2>What an author says about trying a plugin</h2>
 *
 * <p>The resource {@code META-INF/obverse/conformance.yaml} of the plugin's jar. All of it may be left out:
 *
 * <pre>{@code
 * bench:                        # what components are tried on; each key names a component with its settings
 *   data: { use: NAME }         # a data set
 *   target: { use: NAME }       # the classifier that attackers ask; its weights are drawn, not trained
 *   network: { use: NAME }      # the classifier that defenses train
 *   generator: { use: NAME }
 *   attack: NAME                # metrics judge what this attack finds, in place of the bench's own candidates
 *   epochs: 4                   # that defenses train for
 * components:
 *   KIND/NAME:                  # such as optimizer/latent-adam
 *     settings: { KEY: VALUE }  # over the defaults: what makes a trial short
 *     pixels: 64                # of a classifier: height and width of the images that it is shown
 *     keys:                     # where a parameter matters that the kit does not find to matter
 *       KEY:                    # dotted if it lies deeper, such as training.beta1
 *         value: VALUE          # another one than it has there
 *         within: { KEY: VALUE }   # settings under which it matters
 *         with: { KEY: VALUE }     # settings that the other value needs
 * }</pre>
 *
 * <p>Names of the bench, beside those of the plugin and of the built-in ones:
 *
 * <ul>
 *   <li>{@code bench-swatches} (data): four classes of smooth patterns; {@code size: 32}
 *   <li>{@code bench-prototypes} (classifier): judges by the distance to the image of each class
 *   <li>{@code bench-network} (classifier): two layers of tanh under a linear head; taps {@code hidden} and {@code penultimate}
 *   <li>{@code bench-generator} (generator): sums of cosines, with every facet; {@code size: 32}
 *   <li>{@code bench-prior} (sampler): draws from the generator's prior; {@code candidates: 2}
 *   <li>{@code bench-attack} (attack): that sampler, and nothing else
 *   <li>{@code bench:ANYTHING}, where settings name a weights file: every tensor that the component asks for, drawn from a
 *       stream of that name; where they name a TorchScript program, a small classifier, which returns a pair if the name ends
 *       with {@code pair}
 * </ul>
 *
 * <p>Membership attacks are asked about samples of the data's training and test parts, as many of either. The target, and models of the
 * attacker's own that each know half of the samples, answer as the bench's target does, but that they take strangers for the class after
 * theirs, and are never sure of them; of what they remember they are. Metrics of such attacks are shown scores that tell all members, none,
 * or most.
 *
 * <h2>What the kit cannot see</h2>
 *
 * <ul>
 *   <li>Libraries beside the plugin's jar: only the plugin's own classes are searched for code that plugins do not have.
 *   <li>Where a file is written, once code asks for {@code Workspace.cache}; and which files are read.
 *   <li>What stays the same for {@value org.obverse.testkit.rule.Conformance#CALLS} calls and changes later. Only samplers,
 *       optimizers, selectors, membership attacks and metrics are called that often; the others are used a few times.
 *   <li>What an attacker knows from elsewhere: private images in files that its configuration names, or of a data set that a
 *       component makes for it which it names, and which declares none. What it makes itself is refused.
 *   <li>What white-box attackers see: output filters do not apply to them, so that only what they declare is looked at.
 *   <li>Memory that a component takes without showing a model many images: in the generator, or in arrays of its own.
 *   <li>Work on a scale that only a plan's settings have, such as a slow step between checkpoints at 1024 pixels.
 *   <li>Whether a strength that a schedule reports is the strength with which labels are encoded: only that both change together.
 *   <li>What a place does when a worker hangs or writes what no worker writes, and processes that it leaves to another parent.
 *   <li>Figures that are wrong but plausible: that a formula is the paper's is for the author's own tests.
 * </ul>
 */
@NullMarked
package org.obverse.testkit;

import org.jspecify.annotations.NullMarked;
