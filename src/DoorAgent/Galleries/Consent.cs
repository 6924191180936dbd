using System.Globalization;
using System.Text;

namespace DoorAgent.Galleries;

/// <summary>A person's consent to be enrolled: the program stores that there is one, and where; no rule of the door depends on
/// it.</summary>
/// <param name="Date">The day of the consent.</param>
/// <param name="Note">Where the consent is, such as the number of a form; may be empty.</param>
internal sealed record Consent(DateOnly Date, string Note)
{
    /// <summary>The most characters of a note.</summary>
    public const int LongestNote = 200;

    private const string Form = "yyyy-MM-dd";

    /// <summary>The day as the gallery stores it.</summary>
    public string Day => Date.ToString(Form, CultureInfo.InvariantCulture);

    /// <summary>Parses a consent.</summary>
    /// <exception cref="UserErrorException">The day is not a date, or the note is too long or contains control characters.</exception>
    public static Consent Parse(string day, string note)
    {
        if (!DateOnly.TryParseExact(day, Form, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date))
            throw new UserErrorException($"'{day}' is not a day: write YYYY-MM-DD, such as 2026-03-31.");
        if (note.Length > LongestNote || note.EnumerateRunes().Any(rune => Rune.IsControl(rune) || rune == Rune.ReplacementChar))
            throw new UserErrorException($"A note of a consent has at most {LongestNote} characters in one line, without control "
                + $"characters.");
        return new Consent(date, note);
    }

    /// <summary>Returns this consent, which is not given before its day.</summary>
    /// <param name="today">The day here and now.</param>
    /// <exception cref="UserErrorException">The day is still to come.</exception>
    public Consent NotAfter(DateOnly today) => Date <= today ? this
        : throw new UserErrorException($"The consent of {Day} is still to come. Write the day on which the person agreed, {new Consent(today, "").Day} "
            + "at the latest.");

    public override string ToString() => Note.Length > 0 ? $"{Day} ({Note})" : Day;
}
