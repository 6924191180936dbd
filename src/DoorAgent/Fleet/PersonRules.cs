using System.Globalization;
using System.Numerics.Tensors;
using System.Security.Cryptography;
using System.Text;
using DoorAgent.Encodings;
using DoorAgent.Hardware.Badges;
using DoorAgent.Matching;

namespace DoorAgent.Fleet;

/// <summary>What a person of the fleet must be. The office checks before it seals, and the door after it has opened; the door then checks
/// the name, the schedule and the encoder against its own gallery.</summary>
internal static class PersonRules
{
    /// <summary>The most values in an encoding.</summary>
    public const int MostDimension = 4096;

    /// <summary>The most badges of a person, and the most hosts of a visitor.</summary>
    public const int MostBadges = 32, MostHosts = 32;

    private const int LongestName = 64, LongestText = 200;

    /// <summary>Refuses a person who is not as they must be.</summary>
    /// <exception cref="FleetRecordException">The message says which field is wrong, without its value.</exception>
    public static void Require(FleetPerson person)
    {
        if (Wrong(person) is { } what)
            throw new FleetRecordException($"the person's {what}");
    }

    private static string? Wrong(FleetPerson person) =>
        !FleetIds.IsPerson(person.Id) ? "id is not 32 hexadecimal digits"
        : !IsText(person.Name, LongestName) || person.Name.Length == 0 ? "name is not 1 to 64 characters in one line"
        : WrongDates(person) ?? WrongLists(person) ?? WrongTexts(person) ?? WrongEncodings(person);

    private static string? WrongDates(FleetPerson person) =>
        !IsDate(person.ValidFrom, out ValidityDate? from) ? "first date is not a date"
        : !IsDate(person.ValidUntil, out ValidityDate? until) ? "last date is not a date"
        : until is { } last && from is { } first && last.IsBefore(first) ? "last date is before the first"
        : null;

    private static string? WrongLists(FleetPerson person) =>
        person.Hosts.Count > MostHosts || !person.Hosts.All(host => host is not null && FleetIds.IsPerson(host) && host != person.Id)
            || person.Hosts.Distinct().Count() != person.Hosts.Count ? "hosts are not different ids of other people"
        : person.Badges.Count > MostBadges || !person.Badges.All(badge => badge is not null && Badge.TryParse(badge)?.Number == badge)
            || person.Badges.Distinct().Count() != person.Badges.Count ? "badges are not different badge numbers"
        : null;

    private static string? WrongTexts(FleetPerson person) =>
        person.Schedule is { } schedule && !IsScheduleName(schedule) ? "schedule has an impossible name"
        : person.Consent is { } consent && (!IsText(consent.Note, LongestText)
            || !DateOnly.TryParseExact(consent.Date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
            ? "consent has no date, or a note that is not one line of at most 200 characters"
        : person.Encoder is { } encoder && !IsPossible(encoder) ? "encoder has impossible values"
        : null;

    private static string? WrongEncodings(FleetPerson person) =>
        person.Encodings.Count > FleetPerson.MostEncodings ? "encodings are too many"
        : person.Encodings.Count > 0 && person.Encoder is null ? "encodings have no encoder"
        : person.Encodings.Any(encoding => encoding.Picture.Length != SHA256.HashSizeInBytes || !(encoding.Quality is >= 0 and <= 1)
            || encoding.Values.Length != person.Encoder!.Dimension
            || !(MathF.Abs(TensorPrimitives.Norm<float>(encoding.Values) - 1) <= FaceEncoding.LengthTolerance))
            ? "encodings are not unit vectors of the encoder's dimension"
        : person.Encodings.DistinctBy(encoding => Convert.ToHexString(encoding.Picture)).Count() != person.Encodings.Count
            ? "encodings name a picture twice"
        : null;

    /// <summary>Whether an encoder, as a door or a person's record names one, is possible.</summary>
    public static bool IsPossible(FleetEncoder encoder) => IsPlain(encoder.Name, LongestName) && encoder.Name.Length > 0
        && IsDigest(encoder.Digest) && encoder.Alignment >= 0 && encoder.Dimension is > 0 and <= MostDimension
        && IsPlain(encoder.Rule, LongestName) && encoder.Rule.Length > 0;

    /// <summary>Whether a text is SHA-256 in lower-case hexadecimal.</summary>
    public static bool IsDigest(string text) => text.Length == SHA256.HashSizeInBytes * 2 && text.All(char.IsAsciiHexDigitLower);

    /// <summary>Whether a text can be the name of a group's schedule.</summary>
    public static bool IsScheduleName(string text) =>
        IsText(text, LongestName) && text.Length > 0 && text == text.Trim() && !text.Contains(':', StringComparison.Ordinal);

    /// <summary>Whether a text is one line of well-formed Unicode of at most so many characters.</summary>
    public static bool IsText(string text, int most) => text.Length <= 2 * most && text.EnumerateRunes().Count() <= most
        && !text.EnumerateRunes().Any(rune => Rune.IsControl(rune) || rune == Rune.ReplacementChar);

    /// <summary>Whether a text has at most so many characters, all of them printable ASCII: what a stranger's record may show on a
    /// screen.</summary>
    public static bool IsPlain(string text, int most) => text.Length <= most && text.All(letter => letter is >= ' ' and <= '~');

    private static bool IsDate(string? text, out ValidityDate? date)
    {
        date = null;
        try
        {
            date = text is null ? null : ValidityDate.Parse(text);
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
