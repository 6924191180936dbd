namespace DoorAgent.Tests.Liveness;

/// <summary>The poses of a thing that a hand tries to hold still: a slow drift of some millimetres, and the tremor of a hand at 9 times
/// a second with less than a millimetre.</summary>
internal static class HandTremor
{
    private const double DriftHz = 0.7, TremorHz = 9.1, DriftMm = 6, TremorMm = 0.7, DriftRadians = 0.02, TremorRadians = 0.004;

    /// <summary>The poses at successive frames.</summary>
    /// <param name="rest">The pose that the hand aims at.</param>
    /// <param name="frames">Number of frames.</param>
    /// <param name="rate">Frames a second.</param>
    /// <param name="seed">Selects the phases of the movements.</param>
    public static IEnumerable<HeldPose> Around(HeldPose rest, int frames, double rate, int seed)
    {
        Random random = new(seed);
        double[] phases = [.. Enumerable.Range(0, 12).Select(_ => random.NextDouble() * Math.Tau)];
        return Enumerable.Range(0, frames).Select(frame => At(frame / rate));

        HeldPose At(double seconds) => new(
            rest.X + Shift(0, seconds), rest.Y + Shift(1, seconds), rest.Z + Shift(2, seconds),
            rest.Pitch + Turn(3, seconds), rest.Yaw + Turn(4, seconds), rest.Roll + (Turn(5, seconds) / 2));

        double Shift(int axis, double seconds) => (DriftMm * Wave(DriftHz, seconds, axis)) + (TremorMm * Wave(TremorHz, seconds, axis + 6));

        double Turn(int axis, double seconds) =>
            (DriftRadians * Wave(DriftHz, seconds, axis)) + (TremorRadians * Wave(TremorHz, seconds, axis + 6));

        double Wave(double hertz, double seconds, int phase) => Math.Sin((Math.Tau * hertz * seconds) + phases[phase]);
    }
}
