/**
 * How a jar describes what it contributes: plugins, components, their configuration and its problems. Nothing here runs an attack.
 *
 * <h2>Types of a configuration's keys</h2>
 *
 * <p>A configuration is a record. Its components are keys, and may be of these types:
 *
 * <ul>
 *   <li>{@code int}, {@code long}, {@code float}, {@code double}, {@code boolean}, {@code String};
 *   <li>an enum, whose constants a plan writes in lower case with hyphens;
 *   <li>a record, whose components are keys below this one;
 *   <li>{@code List}, {@code Set} of these, or {@code Map} from {@code String} to one of these;
 *   <li>{@link org.obverse.api.plugin.Use}, another component, which {@link org.obverse.api.plugin.Requirements#part} declares;
 *   <li>{@link org.obverse.api.plugin.InputFile} marks a {@code String} that names a file, and {@link
 *       org.obverse.api.plugin.NameOrIndex} is a name or a whole number.
 * </ul>
 *
 * <p>Any other type is refused when the plugin is loaded. {@code null} is no value: a key that may be left out has a default
 * that says so, such as an empty text or list.
 *
 * <h2>Who closes what</h2>
 *
 * <p>An array belongs to a manager, and lives until it or that manager is closed. A plugin closes no manager that it was given,
 * and makes none of its own.
 *
 * <ul>
 *   <li>{@link org.obverse.api.plugin.Resources#manager}: until the component is closed, at the end of the study. For what a
 *       component keeps, such as constants.
 *   <li>{@code manager()} of a context or evidence: until the result of this call was stored. For what is returned.
 *   <li>An array that comes out of an operator belongs to the manager of the array that it was made from: what is made from a
 *       constant of the component lives as long as the component, unless a scope closes it.
 *   <li>{@link ai.djl.ndarray.NDScope}: closes every array that was made on this thread since it was opened, whichever manager
 *       owns it. The engine opens one around every call, so whatever is not returned ends with the call at the latest. A loop
 *       opens one per step, or memory grows with the number of steps:
 *       <pre>{@code
 * for (int step = 0; step < steps; step++) {
 *     context.checkpoint();
 *     try (NDScope scope = new NDScope()) {
 *         NDArray next = step(points);
 *         NDScope.unregister(next); // survives this step
 *         points.close();           // the scope that made it is gone
 *         points = next;
 *     }
 * }
 * }</pre>
 * </ul>
 */
@NullMarked
package org.obverse.api.plugin;

import org.jspecify.annotations.NullMarked;
