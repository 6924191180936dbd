using System.CommandLine;
using System.Globalization;
using DoorAgent.Encodings;
using DoorAgent.Enrolment;
using DoorAgent.Galleries;
using DoorAgent.Matching;
using DoorAgent.Models;
using DoorAgent.Running;
using DoorAgent.Storage;

namespace DoorAgent.Commands.People;

/// <summary>Creates dooragent people separate, which gives two people who look alike a stricter rule.</summary>
internal static class PeopleSeparateCommand
{
    internal static Command Create()
    {
        Argument<string> one = new("NAME") { Description = "One person." };
        Argument<string> other = new("OTHER") { Description = "The person who looks like the first." };
        Option<double?> distance = new("--distance")
        {
            Description = "The pair's distance, above 0 and below 2; default: the distance of their nearest pictures.",
        };
        Option<bool> off = new("--off") { Description = "Removes the rule of the two." };
        Command command = new("separate", """
            Gives two people who look alike a stricter rule, so that the badge of one does not open for the other.

            A face then counts as one of them only below the pair's distance, and only if it is farther from the other one by
            Matching:Margin. By default the distance is that of their nearest pictures, so that no enrolled picture of one opens for
            the other. The command says how many of their own pictures still open, and refuses a rule under which one of them would
            hardly get in; then give both a PIN. 'people audit' finds such pairs.
            Example: dooragent people separate anna berta
            """) { one, other, distance, off };
        command.Validators.Add(result =>
        {
            if (result.GetValue(distance) is { } value && value is not (> 0 and < 2))
                result.AddError("--distance must be above 0 and below 2.");
        });
        command.SetAction(result => result.GetValue(off)
            ? Together(result, result.GetRequiredValue(one), result.GetRequiredValue(other))
            : Separate(result, result.GetRequiredValue(one), result.GetRequiredValue(other), (float?)result.GetValue(distance)));
        return command;
    }

    private static int Separate(ParseResult result, string oneName, string otherName, float? distance)
    {
        DoorSettings settings = CommonOptions.SettingsOf(result);
        Places places = CommonOptions.ShowPlaces(result);
        using GalleryFile file = GalleryFile.OpenToChange(places.GalleryFile, TimeProvider.System);
        (PersonEntry one, PersonEntry other) = Two(file, oneName, otherName);
        using FacePipeline pipeline = GalleryPipeline.Open(places, settings.Faces, settings.Encodings, file);
        Thresholds thresholds =
            FacePipelineFactory.ThresholdsForCommands(pipeline, settings.Matching,
                GalleryPipeline.RuleOf(file, pipeline, settings.Encodings));
        Gallery gallery = file.Read(EncoderIdentity.Of(pipeline));
        foreach (PersonEntry person in new[] { one, other })
        {
            if (person.Pictures == 0)
                throw new UserErrorException($"{person.Name} has no picture: 'dooragent people pictures' adds some.");
        }

        Separation separation = new Separator(file.PicturesOf, thresholds, settings.Matching.Margin)
            .Between(file.PicturesOf(one.Name).Select(picture => picture.Encoding), other.Name, gallery.Centre, distance);
        if (!separation.IsPossible)
        {
            throw new UserErrorException($"{one.Name} and {other.Name} cannot be told apart at a distance of {Text(separation.Distance)}: "
                + $"{Side(one, separation.One)}, {Side(other, separation.Other)}. Nothing was written. Add pictures of both ('dooragent "
                + "people pictures NAME --images DIR'), or give both a PIN (Decisions:Pin). If they are one person, remove one of the two.");
        }

        file.Change((connection, now) =>
        {
            GalleryRows.RequireUnchanged(connection, new GalleryStamp(gallery.Revision, gallery.Mark));
            GallerySeparations.Set(connection, new SeparatedPair(one.Id, other.Id, separation.Distance), now);
        });
        Console.WriteLine($"{one.Name} and {other.Name} are separated: a face counts as one of them only below "
            + $"{Text(separation.Distance)}, and farther from the other by {settings.Matching.Margin.ToString(CultureInfo.InvariantCulture)} (Matching:Margin).");
        Console.WriteLine($"  {Side(one, separation.One)}");
        Console.WriteLine($"  {Side(other, separation.Other)}");
        return 0;
    }

    private static int Together(ParseResult result, string oneName, string otherName)
    {
        bool wasSeparated = false;
        return GalleryChange.Run(result, file =>
        {
            (PersonEntry one, PersonEntry other) = Two(file, oneName, otherName);
            file.Change((connection, _) => wasSeparated = GallerySeparations.Remove(connection, one.Id, other.Id));
        }, () => wasSeparated ? $"{oneName} and {otherName} have no rule of their own any more."
            : $"{oneName} and {otherName} had no rule of their own; nothing changed.");
    }

    private static (PersonEntry One, PersonEntry Other) Two(GalleryFile file, string oneName, string otherName)
    {
        (PersonEntry one, PersonEntry other) = (file.Person(oneName), file.Person(otherName));
        return one.Id != other.Id ? (one, other) : throw new UserErrorException($"{one.Name} is one person. Name two.");
    }

    private static string Side(PersonEntry person, SeparatedSide side) => side.IsTried
        ? $"{side.Accepted} of {side.Tried} pictures of {person.Name} are recognised by the others"
        : $"{person.Name} has one picture, which cannot be tried";

    private static string Text(float distance) => distance.ToString("0.000", CultureInfo.InvariantCulture);
}
