package org.obverse.plugins.ifgmi;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;

/** The vectors whose absolute values sum to at most a radius (Duchi et al., "Efficient Projections onto the l1-Ball", ICML 2008). */
final class L1Ball {
    private L1Ball() {}

    /**
     * The nearest vector of the ball: {@code sign(v) max(|v| − θ, 0)} with {@code θ = max(0, max over j of (u_1 + … + u_j − ρ)
     * / j)}, where u are the absolute values in descending order.
     *
     * @param v floating-point {@code [D]}
     * @param radius ρ, above 0
     * @return of the type of v
     */
    static NDArray project(NDArray v, double radius) {
        NDArray size = v.toType(DataType.FLOAT64, false).abs();
        NDArray descending = size.neg().sort(0).neg();
        NDArray places = v.getManager().arange(1f, v.size() + 1f, 1f, DataType.FLOAT64);
        NDArray threshold = descending.cumSum(0).sub(radius).div(places).max().maximum(0);
        NDArray rest = size.sub(threshold).maximum(0);
        return v.toType(DataType.FLOAT64, false).sign().mul(rest).toType(v.getDataType(), false);
    }

    /**
     * Moves each row that is further from its origin than the radius to the nearest point that is not, in place.
     *
     * @param points {@code [N, ...]}
     * @param origins of the same shape
     * @param radius ρ, above 0
     */
    static void bound(NDArray points, NDArray origins, double radius) {
        long rows = points.getShape().get(0);
        for (long row = 0; row < rows; row++) {
            try (NDScope scope = new NDScope()) {
                NDArray point = points.get(row);
                NDArray origin = origins.get(row);
                NDArray way = point.sub(origin).flatten();
                if (way.toType(DataType.FLOAT64, false).abs().sum().getDouble() > radius) {
                    points.set(new NDIndex(row), origin.add(project(way, radius).reshape(point.getShape())));
                }
            }
        }
    }
}
