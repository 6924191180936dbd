using System.CommandLine;
using DoorAgent.Encodings;
using DoorAgent.Enrolment;
using DoorAgent.Galleries;
using DoorAgent.Matching;
using DoorAgent.Models;
using DoorAgent.Running;
using DoorAgent.Schedules;
using DoorAgent.Storage;

namespace DoorAgent.Commands.People;

/// <summary>Creates dooragent verify (is this the person whom the badge names?) and dooragent identify (who of all is this?).</summary>
internal static class PictureMatchCommand
{
    internal static Command CreateVerify()
    {
        Argument<string> name = PersonArguments.Name();
        Command command = Create("verify", """
            Says whether a picture shows a person, as the door would after their badge.

            Exit code 0 when the door would open, 1 when not, 2 when there is no answer: nobody of that name is enrolled,
            or the picture shows no usable face.
            """, (result, matcher, picture) => matcher.Verify(result.GetRequiredValue(name), picture), showsNearest: false);
        command.Arguments.Insert(0, name);
        return command;
    }

    internal static Command CreateIdentify() => Create("identify", """
        Says who is in a picture, as the door would without a badge.

        The nearest name is shown even when the door would deny. The nearest person must be near enough (Matching:Fpir) and
        clear of the second (Matching:Margin). Exit code 0 when the door would open, 1 when not, 2 when there is no answer.
        """, (_, matcher, picture) => matcher.Identify(picture), showsNearest: true);

    private static Command Create(
        string verb, string description, Func<ParseResult, PictureMatcher, string, PictureMatch> compare, bool showsNearest)
    {
        Argument<string> picture = new("PICTURE") { Description = "A picture file; its main face is compared." };
        Command command = new(verb, description) { picture, PersonArguments.Encoder(), PersonArguments.Distance(), CommonOptions.Json() };
        command.SetAction(result => Run(result, matcher => compare(result, matcher, result.GetRequiredValue(picture)), showsNearest));
        return command;
    }

    /// <summary>Compares a picture with the gallery and shows the result: 0 when the door would open, 1 when not.</summary>
    /// <exception cref="UserErrorException">There is no answer; the message says why.</exception>
    private static int Run(ParseResult result, Func<PictureMatcher, PictureMatch> compare, bool showsNearest)
    {
        bool isJson = result.GetValue<bool>("--json");
        DoorSettings settings = CommonOptions.SettingsOf(result);
        Places places = CommonOptions.ShowPlaces(result, isJson);
        MatchingOptions options =
            Checked(settings.Matching.WithDistance(result.GetValue<double?>("--distance") ?? settings.Matching.Distance));
        using GalleryFile file = GalleryFile.OpenToRead(places.GalleryFile);
        using FacePipeline pipeline = GalleryPipeline.Open(places, settings.Faces, settings.Encodings, file,
            result.GetValue<string?>("--encoder"));
        AccessHours hours = AccessRules.HoursOf(settings, places);
        Gallery gallery = file.Read(EncoderIdentity.Of(pipeline));
        Thresholds thresholds = FacePipelineFactory.ThresholdsForCommands(pipeline, options, gallery.Rule);
        PictureMatcher matcher = new(gallery,
            PictureReading.With(new LoadedNetworks(pipeline, thresholds).ForProbes(), PictureUse.Recognise), thresholds, options,
            person => hours.RefusalOf(person, TimeProvider.System.GetUtcNow()));
        PictureMatch match = compare(matcher);
        AnswerView.Show(match, pipeline, isJson, showsNearest);
        return match.Opens ? 0 : 1;
    }

    private static MatchingOptions Checked(MatchingOptions options) => Hardware.Settings.OptionErrors.Of(options) is { Count: > 0 } wrong
        ? throw new UserErrorException(string.Join(Environment.NewLine, wrong)) : options;
}
