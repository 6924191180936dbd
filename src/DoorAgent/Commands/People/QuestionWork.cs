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

/// <summary>What <c>verify</c> and <c>identify</c> share.</summary>
internal static class QuestionWork
{
    /// <summary>Asks the gallery about a picture and shows the answer: 0 when the door would open, 1 when not.</summary>
    /// <exception cref="UserErrorException">There is no answer; the message says why.</exception>
    public static int Ask(ParseResult result, Func<FaceQuestion, FaceAnswer> ask, bool showsNearest)
    {
        bool isJson = result.GetValue<bool>("--json");
        DoorSettings settings = CommonOptions.SettingsOf(result);
        Places places = GalleryWork.Told(result, isJson);
        MatchingOptions matching = settings.Matching;
        MatchingOptions options = Checked(matching.WithDistance(result.GetValue<double?>("--distance") ?? matching.Distance));
        using GalleryFile file = GalleryFile.OpenToRead(places.GalleryFile);
        using FacePipeline reader = GalleryPipeline.Open(places, settings.Faces, settings.Encodings, file,
            result.GetValue<string?>("--encoder"));
        AccessHours hours = GalleryWork.HoursOf(settings);
        FaceQuestion question = new(file.Read(EncoderIdentity.Of(reader)), PictureReading.With(reader, PictureUse.Recognise),
            FacePipelineFactory.ThresholdsForCommands(reader, options), options, person => hours.RefusalOf(person, TimeProvider.System.GetUtcNow()));
        FaceAnswer answer = ask(question);
        AnswerView.Show(answer, reader, isJson, showsNearest);
        return answer.Opens ? 0 : 1;
    }

    private static MatchingOptions Checked(MatchingOptions options) => Hardware.Settings.OptionErrors.Of(options) is { Count: > 0 } wrong
        ? throw new UserErrorException(string.Join(Environment.NewLine, wrong)) : options;
}
