namespace DoorAgent.Hardware.Doors;

/// <summary>A pattern of the reader's lights and buzzer. Patterns never show the reason of a denial.</summary>
public enum LightPattern
{
    /// <summary>All off.</summary>
    Off,

    /// <summary>Green blinks at 2 Hz: look at the camera.</summary>
    LookAtCamera,

    /// <summary>Green blinks at 0.5 Hz: type the PIN.</summary>
    EnterPin,

    /// <summary>Turn the head to the left: the left light blinks, or green once and a pause; one beep.</summary>
    TurnLeft,

    /// <summary>Turn the head to the right: the right light blinks, or green twice and a pause; two beeps.</summary>
    TurnRight,

    /// <summary>Green and red in turn, 500 ms each, and a beep at the beginning: a second person, please.</summary>
    SecondPerson,

    /// <summary>Green until the next pattern, and one beep of 100 ms.</summary>
    Granted,

    /// <summary>Green until the next pattern: the door is held unlocked.</summary>
    HeldUnlocked,

    /// <summary>Red until the next pattern: the door is in lockdown.</summary>
    Lockdown,

    /// <summary>Red for 2 s and three beeps, then off.</summary>
    Denied,

    /// <summary>The buzzer at 1 Hz: close the door.</summary>
    HeldOpenWarning,

    /// <summary>Red blinks at 0.5 Hz.</summary>
    Fault,
}

/// <summary>The reader's green light, red light and buzzer, and the lights on both sides of the camera, each optional.</summary>
public interface IReaderLights : IDisposable
{
    /// <summary>The pattern shown now.</summary>
    LightPattern Shown { get; }

    /// <summary>Shows a pattern until the next one.</summary>
    void Show(LightPattern pattern);
}
