using System.CommandLine;
using DoorAgent.Commands.Output;
using DoorAgent.Commands.People;
using DoorAgent.Decisions;
using DoorAgent.Encodings;
using DoorAgent.Enrolment;
using DoorAgent.Evaluation;
using DoorAgent.Galleries;
using DoorAgent.Models;
using DoorAgent.Running;
using DoorAgent.Storage;

namespace DoorAgent.Commands.Calibrating;

/// <summary>Runs 'calibrate --centre': shows what the centre does to everybody, asks, and switches.</summary>
internal static class CentreRun
{
    /// <returns>0 when the gallery was switched, 1 when the user did not agree.</returns>
    /// <exception cref="UserErrorException">Nothing was changed; the message says why.</exception>
    public static int Run(ParseResult result, CentreOptions options)
    {
        bool isJson = result.GetValue<bool>("--json");
        DoorSettings settings = CommonOptions.SettingsOf(result);
        Places places = CommonOptions.ShowPlaces(result, isJson);
        using GalleryFile gallery = GalleryFile.OpenToChange(places.GalleryFile, TimeProvider.System);
        using FacePipeline pipeline = GalleryPipeline.Open(places, settings.Faces, settings.Encodings, gallery);
        SiteCentring centring = new(gallery, pipeline, rule => FacePipelineFactory.ThresholdsOf(pipeline, settings.Matching, rule),
            settings.Matching, settings.Decisions.AccessMode.Identifies());
        CentringPlan? plan = isJson ? Plan(null)
            : WorkProgress.Show("comparing", 2 * gallery.People.Count, "people with each other", Plan);
        if (plan is null)
        {
            Console.WriteLine(isJson ? JsonLine.Of(new { Switched = false, Rule = gallery.Rule!.Name })
                : $"The gallery is compared without a centre already (rule {gallery.Rule!.Name}).");
            return 0;
        }

        bool isAgreed = result.GetValue<bool>("--yes");
        if (!isJson)
        {
            CentreView.Show(plan);
            isAgreed = isAgreed || Confirmation.Asks($"Compare by the rule {plan.After.Name} from now on?");
        }

        if (isAgreed)
            centring.Run(plan);
        if (isJson)
            JsonLine.Write(CentreView.Json(plan, isAgreed));
        else
            CentreView.ShowResult(plan, isAgreed);
        if (isAgreed)
            SeparationWarning.Show(gallery, $"the rule {plan.Before.Name}{(plan.Before.IsCentred ? " with the centre of before" : "")}");
        return isAgreed ? 0 : 1;

        CentringPlan? Plan(IProgress<int>? progress) => options.GoesBack(result)
            ? centring.PlanWithout(progress) : centring.Plan(result.GetValue(options.CentreMin), progress);
    }
}
