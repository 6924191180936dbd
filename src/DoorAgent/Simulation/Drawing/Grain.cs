namespace DoorAgent.Simulation.Drawing;

/// <summary>Irregularity for surfaces, identical in every run: pseudo-random values on a lattice.</summary>
internal static class Grain
{
    /// <summary>Returns the value of a lattice point, 0 to 1.</summary>
    public static float At(int x, int y, ulong seed = 0)
    {
        ulong mixed = (seed * 0x9E3779B97F4A7C15) ^ ((ulong)(uint)x << 32) ^ (uint)y;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return ((mixed ^ (mixed >> 31)) >> 40) / (float)(1 << 24);
    }

    /// <summary>Returns a smooth value between the four lattice points around a point, 0 to 1.</summary>
    public static float Smooth(float x, float y, ulong seed = 0)
    {
        int left = (int)MathF.Floor(x), top = (int)MathF.Floor(y);
        float across = Ease(x - left), down = Ease(y - top);
        float upper = float.Lerp(At(left, top, seed), At(left + 1, top, seed), across);
        return float.Lerp(upper, float.Lerp(At(left, top + 1, seed), At(left + 1, top + 1, seed), across), down);
    }

    /// <summary>A smooth step from 0 to 1 as its argument goes from 0 to 1.</summary>
    public static float Ease(float part)
    {
        part = Math.Clamp(part, 0, 1);
        return part * part * (3 - (2 * part));
    }
}
