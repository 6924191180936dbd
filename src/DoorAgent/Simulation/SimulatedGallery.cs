using DoorAgent.Encodings;
using DoorAgent.Enrolment;
using DoorAgent.Galleries;
using DoorAgent.Matching;
using DoorAgent.Models;
using DoorAgent.Running;
using DoorAgent.Storage;

namespace DoorAgent.Simulation;

/// <summary>Makes the gallery of a scenario from its pictures, by the normal enrolment.</summary>
internal static class SimulatedGallery
{
    /// <summary>Enrols everybody in the scenario's head.</summary>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    /// <exception cref="UserErrorException">The pictures of a person cannot be used.</exception>
    public static void Make(Scenario scenario, PictureGlob globs, Places places, DoorSettings settings, FacePipeline pipeline,
        TimeProvider time, CancellationToken stopping)
    {
        using GalleryFile gallery = new(places.GalleryFile, time);
        Thresholds thresholds =
            FacePipelineFactory.ThresholdsOf(pipeline, settings.Matching, pipeline.BestRule(settings.Encodings.FlipUse));
        Enroller enroller = new(gallery, pipeline, thresholds, settings.People);
        foreach (EnrolLine enrolment in scenario.Enrolments)
        {
            stopping.ThrowIfCancellationRequested();
            enrolment.Line.Do(() => Enrol(gallery, enroller, globs, enrolment));
        }
    }

    private static void Enrol(GalleryFile gallery, Enroller enroller, PictureGlob globs, EnrolLine enrolment)
    {
        enroller.Add(PersonName.Parse(enrolment.Name), globs.Find(enrolment.Pictures), enrolment.Badge, isExtended: false);
        if (enrolment.Schedule is { } schedule)
            gallery.SetSchedule(enrolment.Name, schedule);
        if (enrolment.ValidUntil is { } last)
            gallery.SetValidity(enrolment.Name, ValidityLimit.Until, last);
        if (enrolment.Pin is { } pin)
            gallery.SetPin(enrolment.Name, pin, isDuress: false);
        if (enrolment.Duress is { } duress)
            gallery.SetPin(enrolment.Name, duress, isDuress: true);
    }
}
