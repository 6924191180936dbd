using System.Globalization;
using DoorAgent.Commands.Output;
using DoorAgent.Evaluation;

namespace DoorAgent.Commands.People;

/// <summary>The words of an audit that terminal, HTML and JSON share: what was found, and what to do next.</summary>
internal static class AuditWords
{
    /// <summary>Returns the heading of the findings of a kind.</summary>
    public static string Heading(AuditKind kind) => kind switch
    {
        AuditKind.WrongPicture => "Pictures of somebody else",
        AuditKind.SharedPicture => "One picture, two people",
        AuditKind.SamePerson => "One person under two names, or twins",
        AuditKind.LookAlike => "Look-alikes",
        AuditKind.TooSeparated => "Separated too strictly",
        AuditKind.NoPicture => "No picture",
        AuditKind.OnePicture => "One picture only",
        AuditKind.OldPictures => "Old pictures",
        AuditKind.UnusedBadge => "Badges that nobody uses",
        _ => "Hours that are not configured",
    };

    /// <summary>Returns what was found, as a sentence without a full stop.</summary>
    public static string Of(AuditFinding finding)
    {
        (string person, string? other) = (finding.Person, finding.Other);
        return finding.Kind switch
        {
            AuditKind.WrongPicture when other is not null =>
                $"{Pictures(finding.Pictures)} of {person} {Shows(finding)} {other} (distance {Text(finding.Distance)} to "
                    + $"{Pictures(finding.OtherPictures)} of {other}), and not {person}'s other pictures",
            AuditKind.WrongPicture when finding.IsUncertain =>
                $"the pictures of {person} show different people, and as many show one as the other: {Pictures(finding.Pictures)} "
                    + $"or the rest (distance {Text(finding.Distance)})",
            AuditKind.WrongPicture =>
                $"{Pictures(finding.Pictures)} of {person} {Shows(finding)} somebody else, or nothing that the encoder can use "
                    + $"(distance {Text(finding.Distance)} to the nearest of {person}'s others)",
            AuditKind.SharedPicture => $"{Pictures(finding.Pictures)} of {person} is {Pictures(finding.OtherPictures)} of {other} too "
                + $"(distance {Text(finding.Distance)})",
            AuditKind.SamePerson => $"{person} and {other} look like one person: {Taken(finding)}",
            AuditKind.LookAlike => $"{person} and {other} look alike: {Taken(finding)}",
            AuditKind.TooSeparated => $"{person} is separated from {other} at {Text(finding.Distance)}, and only "
                + $"{finding.PersonAsOther.Taken} of {finding.PersonAsOther.Of} of {person}'s own pictures still open",
            AuditKind.NoPicture => $"{person} has no picture, so the door does not know the face",
            AuditKind.OnePicture => $"{person} has one picture: in other light the door refuses {person} too often",
            AuditKind.OldPictures => $"the newest picture of {person} is from {finding.Detail}",
            AuditKind.UnusedBadge => $"{person}'s badge {finding.Detail}",
            _ => $"{person} has the hours '{finding.Detail}', which the configuration does not define, and is denied at any time",
        };
    }

    /// <summary>Returns the commands that follow, each with its reason where there is a choice.</summary>
    public static IReadOnlyList<string> Next(AuditFinding finding)
    {
        (string person, string other) = (ShellWord.Of(finding.Person), ShellWord.Of(finding.Other ?? ""));
        string removal = string.Concat(finding.Pictures.Select(number => $" --remove {number}"));
        return finding.Kind switch
        {
            AuditKind.WrongPicture when finding.IsUncertain =>
                [$"dooragent people remove {person}, and enrol again from good pictures"],
            AuditKind.WrongPicture => [$"dooragent people pictures {person}{removal}"],
            AuditKind.SharedPicture =>
            [
                $"dooragent people pictures {person}{removal}, if it shows {finding.Other}",
                $"dooragent people pictures {other} --remove {finding.OtherPictures[0]}, if it shows {finding.Person}",
            ],
            AuditKind.SamePerson =>
            [
                $"dooragent people remove {other}, if they are one person",
                $"dooragent people separate {person} {other}, if they are two",
            ],
            AuditKind.LookAlike =>
            [
                $"dooragent people separate {person} {other}",
                $"dooragent people pictures {person} --images DIR: more pictures make the thresholds of a person stricter",
            ],
            AuditKind.TooSeparated =>
            [
                $"dooragent people pictures {person} --images DIR",
                $"dooragent people separate {person} {other} --off, and give both a PIN",
            ],
            AuditKind.NoPicture or AuditKind.OnePicture or AuditKind.OldPictures =>
                [$"dooragent people pictures {person} --images DIR, or --camera door"],
            AuditKind.UnusedBadge => [$"dooragent badges block NUMBER --lost, or dooragent people disable {person}"],
            _ => [$"dooragent people schedule {person} always, or add '{finding.Detail}' to section Schedules"],
        };
    }

    /// <summary>Says how near a pair is, in terms of the setting that decides.</summary>
    /// <param name="pair">The pair.</param>
    /// <param name="smallestRate">The smallest rate of the calibration; null with a raw distance.</param>
    public static string ClaimRate(NamedPair pair, double? smallestRate) =>
        pair.ClaimRate is { } rate ? string.Create(CultureInfo.InvariantCulture, $"{rate:0.#e-0}")
        : smallestRate is { } least ? string.Create(CultureInfo.InvariantCulture, $"below {least:0.#e-0}") : "-";

    /// <summary>Says how well the margin between people is kept.</summary>
    public static string Of(TripletViolations triplets) => triplets.Triplets == 0
        ? "Triplets: none, because nobody has two pictures, or there is one person only."
        : string.Create(CultureInfo.InvariantCulture,
            $"Triplets (anchor, the person's other picture, the nearest picture of somebody else; margin {TripletLoss.DefaultAlpha}): "
            + $"{triplets.Violated:#,0} of {triplets.Triplets:#,0} violated "
            + $"({100.0 * triplets.Violated / triplets.Triplets:0.##} %), mean loss {triplets.Loss / triplets.Triplets:0.0000}.");

    /// <summary>Returns a distance with three digits.</summary>
    public static string Text(float? distance) =>
        distance is { } value ? value.ToString("0.000", CultureInfo.InvariantCulture) : "-";

    private static string Taken(AuditFinding finding) =>
        $"{finding.PersonAsOther.Taken} of {finding.PersonAsOther.Of} pictures of {finding.Person} open for {finding.Other}, "
        + $"{finding.OtherAsPerson.Taken} of {finding.OtherAsPerson.Of} of {finding.Other} for {finding.Person} "
        + $"(nearest distance {Text(finding.Distance)})";

    private static string Shows(AuditFinding finding) => finding.Pictures.Count == 1 ? "shows" : "show";

    private static string Pictures(IReadOnlyList<int> numbers) =>
        $"picture{(numbers.Count == 1 ? "" : "s")} {string.Join(", ", numbers)}";
}
