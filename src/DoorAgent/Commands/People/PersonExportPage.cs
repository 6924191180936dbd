using System.Globalization;
using DoorAgent.Auditing;
using DoorAgent.Commands.Output;
using DoorAgent.Galleries;
using DoorAgent.Privacy;

namespace DoorAgent.Commands.People;

/// <summary>What a door knows of one person, as one page that opens offline and can be printed.</summary>
internal static class PersonExportPage
{
    private const int NumbersShown = 8;

    public static string Of(PersonData data, DateTimeOffset now)
    {
        HtmlPage page = new($"What this door knows of {data.Person.Name}");
        page.Element("p", string.Create(CultureInfo.InvariantCulture, $"Written on {now:yyyy-MM-dd HH:mm zzz}. The file data.json has the "
            + $"same for programs, with every number of the encodings. This page contains nothing of anybody else."));
        if (data.Person.Names.Count > 1)
            page.Element("p", $"Earlier names: {string.Join(", ", data.Person.Names.Skip(1))}.");
        Enrolment(page, data);
        Encodings(page, data);
        Pictures(page, data);
        Records(page, data);
        return page.End();
    }

    private static void Enrolment(HtmlPage page, PersonData data)
    {
        page.Element("h2", "Enrolment");
        if (data.Person.Enrolled is not { } person)
        {
            page.Element("p", "Not enrolled: only records of earlier visits are kept.");
            return;
        }

        page.Table(["what", "value"],
        [
            ["enrolled since (UTC)", person.Added],
            ["number in the records", $"{person.Id}"],
            ["may enter", person.IsEnabled ? "yes" : "no (disabled)"],
            ["hours", person.Schedule],
            ["valid", person.Validity.Length > 0 ? person.Validity : "without end"],
            ["door stays unlocked longer", person.IsExtended ? "yes" : "no"],
            ["may enter during a lockdown", person.IsForLockdown ? "yes" : "no"],
            ["only together with a second person", person.NeedsSecondPerson ? "yes" : "no"],
            ["visitor, only after a host", person.IsEscorted ? $"yes ({string.Join(", ", person.Hosts.DefaultIfEmpty("none is named"))})" : "no"],
            ["PIN", person.HasPin ? "set (only a digest is stored)" : "not set"],
            ["duress PIN", person.HasDuressPin ? "set (only a digest is stored)" : "not set"],
            ["consent", person.Consent?.ToString() ?? "none is recorded"],
            .. data.Badges.Select(badge => new[] { "badge", $"{badge.Badge.Number}, {BadgeStateText.Of(badge.State)}" }),
        ]);
    }

    private static void Encodings(HtmlPage page, PersonData data)
    {
        page.Element("h2", $"Encodings: {data.Encodings.Count}");
        page.Element("p", "An encoding is what the door compares with a face before its camera: a row of numbers that a network calculated "
            + "from a picture. The picture itself is not stored.");
        page.Table(["encoder", "in use", "SHA-256 of the picture", "quality", "added (UTC)", "numbers"],
            data.Encodings.Select(one => new[]
            {
                one.Encoder,
                one.IsActive ? "yes" : "no",
                one.Picture[..16] + "...",
                one.Quality.ToString("0.00", CultureInfo.InvariantCulture),
                one.Added,
                $"{FirstNumbers(one)}, ... ({one.Vector.Count})",
            }));
    }

    private static string FirstNumbers(StoredEncoding encoding) =>
        string.Join(", ", encoding.Vector.Take(NumbersShown).Select(number => number.ToString("0.000", CultureInfo.InvariantCulture)));

    private static void Pictures(HtmlPage page, PersonData data)
    {
        page.Element("h2", "Kept faces and pictures");
        if (data.Crops.Count + data.Pictures.Count == 0)
            page.Element("p", "None.");
        page.Html("<div class='sheet'>\n");
        foreach (StoredCrop crop in data.Crops)
            Figure(page, "png", crop.Png, $"face of picture {crop.Picture[..16]}..., kept until {crop.KeepUntil ?? "now"}");
        foreach (AttemptPicture picture in data.Pictures)
            Figure(page, "jpeg", picture.Jpeg, string.Create(CultureInfo.InvariantCulture, $"picture of record {picture.Record}"));
        page.Html("</div>\n");
        if (data.OtherAttempts > 0)
        {
            page.Element("p", $"Attempts that the door did not grant, {data.OtherAttempts}, are left out: somebody else may be in their "
                + $"pictures.");
        }
    }

    private static void Figure(HtmlPage page, string kind, byte[] bytes, string caption)
    {
        page.Html($"<figure><img alt='' src='data:image/{kind};base64,{Convert.ToBase64String(bytes)}'>");
        page.Element("figcaption", caption);
        page.Html("</figure>\n");
    }

    private static void Records(HtmlPage page, PersonData data)
    {
        page.Element("h2", $"Records: {data.Records.Count}");
        page.Element("p", "Every time at which the door decided something about this person.");
        page.Table(["number", "time", "event", "badge", "distance", "more"], data.Records.Select(entry => new[]
        {
            entry.Sequence.ToString(CultureInfo.InvariantCulture),
            EventWords.OfTime(entry),
            string.Join(": ", new[] { EventWords.InWords(EventWords.OfKind(entry)), EventWords.OfReason(entry) }.OfType<string>()),
            entry.BadgeHint ?? "",
            entry.Distance?.ToString("0.000", CultureInfo.InvariantCulture) ?? "",
            entry.Detail ?? "",
        }));
    }
}
