using System.CommandLine;
using DoorAgent.Commands.Output;
using DoorAgent.Decisions;
using DoorAgent.Encodings;
using DoorAgent.Enrolment;
using DoorAgent.Galleries;
using DoorAgent.Matching;
using DoorAgent.Models;
using DoorAgent.Networks;
using DoorAgent.Running;
using DoorAgent.Storage;

namespace DoorAgent.Commands.People;

/// <summary>Creates dooragent people rule, which shows or changes how faces are compared with the people of the gallery.</summary>
internal static class PeopleRuleCommand
{
    internal static Command Create()
    {
        Argument<string?> rule = new("RULE")
        {
            Description = "The new rule, such as nearest, mean, trimmed or mean+flip. Without it the present rule is shown.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        rule.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var name }] && ComparisonRule.Parse(name) is null)
                result.AddError($"'{name}' is not a rule of comparison. Rules: "
                    + $"{string.Join(", ", ComparisonRule.All.Select(one => one.Name))}.");
        });
        Option<bool> withoutThem = new("--without-them") { Description = "Continues without people whose faces were not kept; the door "
            + "does not know their faces until they are enrolled again." };
        Option<bool> json = CommonOptions.Json();
        Command command = new("rule", """
            Shows or changes how a face is compared with a person's pictures: the gallery's rule of comparison.

            nearest: with each picture, and the nearest counts. mean: with the mean of the pictures. trimmed: with the mean without
            the quarter that is farthest from the mean. +flip adds the mirror image of each face, enrolled and at the door;
            +flip-enrolment of the enrolled ones only; +centred subtracts the site's centre ('dooragent calibrate --centre').
            Each rule has a calibration of its own, and one without is refused. With or without mirror images, the encodings are made
            again from kept faces. A running door follows within a second. Exit code 2 when nothing was changed.
            Example: dooragent people rule mean
            """) { rule, withoutThem, json };
        command.SetAction(result => result.GetValue(rule) is { } name
            ? Change(result, ComparisonRule.Parse(name)!, result.GetValue(withoutThem), result.GetValue(json))
            : Show(result, result.GetValue(json)));
        return command;
    }

    private static int Show(ParseResult result, bool isJson)
    {
        DoorSettings settings = CommonOptions.SettingsOf(result);
        Places places = CommonOptions.ShowPlaces(result, isJson);
        using GalleryFile gallery = GalleryFile.OpenToRead(places.GalleryFile);
        if (gallery.Rule is not { } rule || gallery.Encoder is not { } encoder)
            throw new UserErrorException("Nobody is enrolled: the first enrolment chooses the rule.");
        Catalogue catalogue = Catalogue.Of(places.ModelDirectories);
        CatalogueEntry made = catalogue.Find(encoder.Id, ModelTask.Encoder);
        string detector = catalogue.DetectorFor(made, settings.Faces.Detector).Id;
        string[] known = [.. made.Calibration.Where(table => table.Detector == detector).Select(table => table.Rule)];
        if (isJson)
        {
            JsonLine.Write(new { Rule = rule.Name, rule.Words, Encoder = encoder.Id, Detector = detector, Calibrated = known });
            return 0;
        }

        Console.WriteLine($"Faces are compared by the rule {rule.Name}: {rule.Words}.");
        Console.WriteLine(known.Length == 0 ? $"{encoder.Id} has no calibration with {detector}."
            : $"{encoder.Id} with {detector} has a calibration for: {string.Join(", ", known)}.");
        return 0;
    }

    private static int Change(ParseResult result, ComparisonRule rule, bool withoutThem, bool isJson)
    {
        DoorSettings settings = CommonOptions.SettingsOf(result);
        Places places = CommonOptions.ShowPlaces(result, isJson);
        using GalleryFile gallery = GalleryFile.OpenToChange(places.GalleryFile, TimeProvider.System);
        using FacePipeline pipeline = GalleryPipeline.Open(places, settings.Faces, settings.Encodings, gallery);
        LoadedNetworks networks = FacePipelineFactory.WithThresholds(pipeline, settings.Matching, rule);
        RuleChange change = new(gallery, networks, settings.Matching, settings.Decisions.AccessMode.Identifies(), TimeProvider.System);
        RulePlan plan = change.Plan(withoutThem);
        if (plan.Remade is { } remade && !isJson)
        {
            WorkProgress.Show("encoding", remade.Work.Count, "pictures", progress =>
            {
                change.Run(plan, progress);
                return 0;
            });
        }
        else
        {
            change.Run(plan, null);
        }

        if (plan.Before != rule)
            SeparationWarning.Show(gallery, $"the rule {plan.Before.Name}");
        float distance = networks.Thresholds.Verification(1);
        if (isJson)
        {
            JsonLine.Write(new
            {
                Before = plan.Before.Name, Rule = rule.Name, rule.Words, Distance = distance,
                Remade = plan.Remade?.Work.Count ?? 0, Without = plan.Remade?.Without ?? [],
            });
            return 0;
        }

        Console.WriteLine($"Faces are now compared by the rule {rule.Name} ({rule.Words}); before by {plan.Before.Name}.");
        Console.WriteLine(string.Create(System.Globalization.CultureInfo.InvariantCulture,
            $"A claim against one {(rule.Template == TemplateKind.Nearest ? "picture" : "person")} now needs a distance below "
                + $"{distance:0.000}."));
        if (plan.Before.IsCentred && !rule.IsCentred)
            Console.WriteLine("The site's centre is deleted: 'dooragent calibrate --centre' computes one again.");
        if (plan.Remade is { } made)
            ReEncodingView.ShowRemade(made);
        return 0;
    }
}
