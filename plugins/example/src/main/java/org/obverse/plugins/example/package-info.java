/**
 * The smallest honest plugin, to be copied: one sampler. What a real attack needs beyond it belongs into a plugin of its
 * own, such as {@code plugins/ppa}.
 *
 * <p>A plugin is a jar with four things in it:
 *
 * <ol>
 *   <li>{@code META-INF/services/org.obverse.api.plugin.Plugin}, one line: the name of the class that follows. That is
 *       how the engine finds it on the class path.
 *   <li>{@link org.obverse.plugins.example.ExamplePlugin}, the table of contents. It lists one component: the
 *       <em>kind</em> says which slot of a plan it fills, the <em>name</em> is what plans write after {@code use:}, the
 *       <em>summary</em> and the <em>defaults</em> are what {@code obverse describe sampler prior} prints, the
 *       <em>requirements</em> are checked against the plan before any weight loads, and the <em>factory</em> is called
 *       once per use in a study with a configuration that has passed its checks.
 *   <li>A record, here {@link org.obverse.plugins.example.PriorSampler.Settings}: its components are the keys of the
 *       plan ({@code learningRate} is written {@code learning-rate}), {@code @Meaning} documents them, and {@code check}
 *       says what is wrong with their values and what to write instead. It returns all problems and throws nothing.
 *   <li>The work, here {@link org.obverse.plugins.example.PriorSampler}, written against {@code org.obverse.api} alone.
 *       Whatever it needs (the target, the generator, memory, random numbers) comes from the context that it is called
 *       with or from the resources that the factory was given.
 * </ol>
 *
 * <p>A plan then uses it as it uses ours, {@code attack: { use: ppa, stages: { sample: { use: prior, spread: 0.7 } } }}.
 */
@NullMarked
package org.obverse.plugins.example;

import org.jspecify.annotations.NullMarked;
