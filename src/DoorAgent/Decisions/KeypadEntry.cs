using DoorAgent.Hardware.Badges;

namespace DoorAgent.Decisions;

/// <summary>Digits on their way: # ends them, * or too long a pause forgets them. Pure; times are monotonic. It may be a PIN and never prints.</summary>
internal sealed record KeypadEntry
{
    /// <summary>More digits than any badge number has; what is longer is remembered as too long, and nothing else of it.</summary>
    public const int MaxDigits = 20;

    public static KeypadEntry Empty { get; } = new();

    /// <summary>What has been typed: a secret.</summary>
    public string Digits { get; private init; } = "";

    public bool IsTooLong { get; private init; }

    /// <summary>Whether no key has been pressed.</summary>
    public bool IsNew => LastKey == TimeSpan.MinValue;

    private TimeSpan LastKey { get; init; } = TimeSpan.MinValue;

    /// <summary>What is left of it when a key is pressed now.</summary>
    public KeypadEntry At(TimeSpan now, TimeSpan keyTimeout) => IsNew || now - LastKey <= keyTimeout ? this : Empty;

    /// <summary>Nothing of it but that a key was pressed.</summary>
    public static KeypadEntry Cleared(TimeSpan at) => Empty with { LastKey = at };

    /// <summary>With one key more, which is not #.</summary>
    public KeypadEntry Press(KeypadKey key, TimeSpan at)
    {
        if (key.IsClear)
            return Cleared(at);
        return Digits.Length < MaxDigits
            ? this with { Digits = Digits + key.Symbol, LastKey = at }
            : this with { IsTooLong = true, LastKey = at };
    }

    /// <summary>How long it is, and nothing else.</summary>
    public override string ToString() => $"{Digits.Length} digits";
}
