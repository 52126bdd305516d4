package org.obverse.plugins.cma;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import java.nio.DoubleBuffer;
import org.obverse.api.tensor.Operators;

/** A covariance matrix {@code C = B D² Bᵀ} by its eigenvectors B and the roots D of its eigenvalues. */
final class Spectrum {
    private final double[] roots;
    private final double[] vectors;

    private Spectrum(double[] roots, double[] vectors) {
        this.roots = roots;
        this.vectors = vectors;
    }

    static Spectrum identity(int n) {
        double[] ones = new double[n];
        double[] vectors = new double[n * n];
        for (int i = 0; i < n; i++) {
            ones[i] = 1;
            vectors[i * n + i] = 1;
        }
        return new Spectrum(ones, vectors);
    }

    /**
     * @param covariance symmetric and positive definite, row behind row
     */
    static Spectrum of(double[] covariance, int n, Operators operators, NDManager manager) {
        try (NDScope scope = new NDScope()) {
            NDArray matrix = manager.create(DoubleBuffer.wrap(covariance), new Shape(n, n));
            NDList found = operators.eigh(matrix);
            double[] roots = found.get(0).toDoubleArray();
            for (int i = 0; i < n; i++) {
                roots[i] = Math.sqrt(Math.max(roots[i], Double.MIN_NORMAL));
            }
            return new Spectrum(roots, found.get(1).toDoubleArray());
        }
    }

    /** {@code B D z}. */
    double[] scaled(double... z) {
        double[] inner = new double[z.length];
        for (int k = 0; k < z.length; k++) {
            inner[k] = roots[k] * z[k];
        }
        return fromEigen(inner);
    }

    /** {@code C^(-1/2) y = B D⁻¹ Bᵀ y}. */
    double[] whitened(double... y) {
        double[] inner = new double[y.length];
        for (int i = 0; i < y.length; i++) {
            for (int k = 0; k < y.length; k++) {
                inner[k] += vectors[i * y.length + k] * y[i];
            }
        }
        for (int k = 0; k < y.length; k++) {
            inner[k] /= roots[k];
        }
        return fromEigen(inner);
    }

    private double[] fromEigen(double[] inner) {
        double[] outer = new double[inner.length];
        for (int i = 0; i < outer.length; i++) {
            for (int k = 0; k < outer.length; k++) {
                outer[i] += vectors[i * outer.length + k] * inner[k];
            }
        }
        return outer;
    }
}
