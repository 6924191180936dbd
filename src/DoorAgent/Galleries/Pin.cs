using DoorAgent.Matching;

namespace DoorAgent.Galleries;

/// <summary>A new PIN: 4 to 8 digits that are not among a thief's first guesses. The PIN is never printed.</summary>
internal sealed record Pin
{
    private Pin(string digits) => Digits = digits;

    /// <summary>The digits, which are secret.</summary>
    public string Digits { get; }

    /// <summary>Parses a PIN.</summary>
    /// <exception cref="UserErrorException">The text is not a PIN, or is too easy to guess; the message does not repeat the
    /// text.</exception>
    public static Pin Parse(string text) => WhyNot(text) is { } why ? throw new UserErrorException(why) : new Pin(text);

    /// <summary>Returns why a text cannot be a PIN; null when it can.</summary>
    public static string? WhyNot(string text)
    {
        if (text.Length is < PersonPin.MinDigits or > PersonPin.MaxDigits || !text.All(char.IsAsciiDigit))
            return $"A PIN has {PersonPin.MinDigits} to {PersonPin.MaxDigits} digits and nothing else.";
        return IsRun(text) || Repeats(text, 1) || Repeats(text, 2)
            ? "That PIN is among the first that anybody guesses (consecutive digits, or one or two that repeat). Choose another."
            : null;
    }

    /// <summary>Returns a text without the digits.</summary>
    public override string ToString() => "a PIN";

    /// <summary>Whether the digits are consecutive, such as 1234 or 9876, also past the last key: 8901.</summary>
    private static bool IsRun(string text)
    {
        int step = (text[1] - text[0] + 10) % 10;
        return step is 1 or 9 && Enumerable.Range(1, text.Length - 1).All(i => (text[i] - text[i - 1] + 10) % 10 == step);
    }

    private static bool Repeats(string text, int period) =>
        Enumerable.Range(period, text.Length - period).All(i => text[i] == text[i - period]);
}
