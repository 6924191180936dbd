namespace DoorAgent.Simulation.Drawing;

/// <summary>The smooth, irregular movement of a hand or a standing body: a sum of slow sways and a small fast tremor with fixed
/// frequencies. The movement depends on the time and the seed alone.</summary>
internal sealed class Tremor(ulong seed)
{
    /// <summary>Sways (below 2 Hz) and the physiological tremor of a hand (about 8 Hz), with their shares of the amplitude.</summary>
    private static readonly (double Hertz, double Share)[] Parts = [(0.23, 0.5), (0.61, 0.3), (1.37, 0.15), (7.9, 0.05)];

    /// <summary>Returns the deflection of one coordinate at a time, -1 to 1.</summary>
    /// <param name="coordinate">Number of the coordinate; each moves differently.</param>
    /// <param name="seconds">The time.</param>
    public float At(int coordinate, double seconds)
    {
        double sum = 0;
        for (int part = 0; part < Parts.Length; part++)
        {
            (double hertz, double share) = Parts[part];
            float pace = 0.85f + (0.3f * Grain.At(coordinate, part, seed)), phase = Grain.At(coordinate, part + Parts.Length, seed);
            sum += share * Math.Sin(2 * Math.PI * ((hertz * pace * seconds) + phase));
        }

        return (float)sum;
    }
}
