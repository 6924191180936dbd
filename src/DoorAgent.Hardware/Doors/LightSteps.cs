namespace DoorAgent.Hardware.Doors;

/// <summary>The state of the outputs during a step, and the step's duration.</summary>
internal readonly record struct LightStep(bool Green, bool Red, bool Buzzer, TimeSpan For)
{
    /// <summary>The light to the left of the camera.</summary>
    public bool Left { get; init; }

    /// <summary>The light to the right of the camera.</summary>
    public bool Right { get; init; }
}

/// <summary>Defines the patterns as steps.</summary>
internal static class LightSteps
{
    private static readonly LightStep Dark = new(false, false, false, TimeSpan.Zero);

    /// <summary>Returns step <paramref name="index"/> of a pattern, and whether that step lasts until the next pattern.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="index">Number of the step, from 0.</param>
    /// <param name="hasSides">Whether there are lights on both sides of the camera; else green shows a direction by its rhythm.</param>
    public static (LightStep Step, bool IsLast) At(LightPattern pattern, int index, bool hasSides = false) => pattern switch
    {
        LightPattern.LookAtCamera => Blink(index, 250, green: true),
        LightPattern.EnterPin => Blink(index, 1000, green: true),
        LightPattern.TurnLeft => (Turn(index, blinks: 1, hasSides) with { Left = hasSides && index % 2 == 0 }, false),
        LightPattern.TurnRight => (Turn(index, blinks: 2, hasSides) with { Right = hasSides && index % 2 == 0 }, false),
        LightPattern.Granted => index == 0 ? (new(true, false, true, Ms(100)), false) : (new(true, false, false, TimeSpan.Zero), true),
        LightPattern.SecondPerson => (new(index % 2 == 0, index % 2 == 1, index == 0, Ms(500)), false),
        LightPattern.HeldUnlocked => (new(true, false, false, TimeSpan.Zero), true),
        LightPattern.Lockdown => (new(false, true, false, TimeSpan.Zero), true),
        LightPattern.Denied => Denied(index),
        LightPattern.HeldOpenWarning => Blink(index, 500, buzzer: true),
        LightPattern.Fault => Blink(index, 1000, red: true),
        _ => (Dark, true),
    };

    /// <summary>On and off in turn, 150 ms each, with a beep for each of the first <paramref name="blinks"/>. Green is off for 850 ms after
    /// so many; a light at the side shows the direction by its place and blinks on.</summary>
    private static LightStep Turn(int index, int blinks, bool hasSides)
    {
        bool isOn = index % 2 == 0;
        bool isPause = !hasSides && index % (2 * blinks) == (2 * blinks) - 1;
        return new LightStep(isOn && !hasSides, false, isOn && index < 2 * blinks, Ms(isPause ? 850 : 150));
    }

    /// <summary>Three beeps of 100 ms at intervals of 100 ms, with red for 2 s in total.</summary>
    private static (LightStep Step, bool IsLast) Denied(int index) => index switch
    {
        < 5 => (new(false, true, index % 2 == 0, Ms(100)), false),
        5 => (new(false, true, false, Ms(1500)), false),
        _ => (Dark, true),
    };

    private static (LightStep Step, bool IsLast) Blink(int index, double half, bool green = false, bool red = false, bool buzzer = false) =>
        index % 2 == 0 ? (new(green, red, buzzer, Ms(half)), false) : (new(false, false, false, Ms(half)), false);

    private static TimeSpan Ms(double milliseconds) => TimeSpan.FromMilliseconds(milliseconds);
}
