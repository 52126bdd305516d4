/**
 * How the engine is wired. What it does lies in the packages below; nothing else belongs here.
 *
 * <p>The way of one key, {@code attack.stages.optimize.steps}, from a plan to an optimizer's step: {@code plan.PlanReader}
 * reads the tree with its lines, and {@code configuration} binds the stage's part of it to the component's record, in
 * which {@code steps} is a number; {@code blueprint.AttackPlanner} makes one {@code unit.SearchUnit} for each batch of
 * classes, whose {@code graph.Ingredients} hold that record, so that another number is another digest and nothing else
 * changes; {@code drive.Driver} offers the unit once its inputs are there; {@code unit.StageUse} makes the component with
 * its record; and {@code lend.StageLoan} is the context in which the stage takes its {@code steps}, each of which is told
 * and counted there. What it found goes through {@code product.CandidateForm} to the store, from which the next unit reads.
 */
@NullMarked
package org.obverse.engine;

import org.jspecify.annotations.NullMarked;
