namespace DoorAgent.Hardware.Badges;

/// <summary>A key of the reader's keypad: 0 to 9, * or #. A key may be part of a PIN and is never printed.</summary>
public readonly record struct KeypadKey
{
    private const string Keys = "0123456789*#";

    private KeypadKey(char symbol) => Symbol = symbol;

    /// <summary>The character on the key: a secret that must not be logged.</summary>
    public char Symbol { get; }

    /// <summary>Whether the key is *, which discards what was typed.</summary>
    public bool IsClear => Symbol == '*';

    /// <summary>Whether the key is #, which submits what was typed.</summary>
    public bool IsEnter => Symbol == '#';

    /// <summary>Returns the key with this character.</summary>
    /// <exception cref="FormatException">No keypad has a key with this character.</exception>
    public static KeypadKey Of(char symbol) => Keys.Contains(symbol, StringComparison.Ordinal)
        ? new KeypadKey(symbol)
        : throw new FormatException("That is not a key of a keypad. The keys are 0 to 9, * and #.");

    /// <summary>Returns the key that a keypad sends as this number: 0 to 9, 10 for *, 11 for #; null for any other number.</summary>
    public static KeypadKey? OfCode(int code) => code >= 0 && code < Keys.Length ? new KeypadKey(Keys[code]) : null;

    /// <summary>The number that a keypad sends for the key, 0 to 11.</summary>
    public int Code => Keys.IndexOf(Symbol, StringComparison.Ordinal);

    /// <summary>Returns a text that does not reveal the key.</summary>
    public override string ToString() => "a key";
}
