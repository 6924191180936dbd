using System.CommandLine;

namespace DoorAgent.Commands.Calibrating;

/// <summary>Creates dooragent calibrate, which checks the table of error rates against the gallery, or makes a table.</summary>
internal static class CalibrateCommand
{
    internal static Command Create()
    {
        SiteCheckOptions site = new();
        DatasetTableOptions dataset = new();
        CentreOptions centre = new();
        Command command = new("calibrate", """
            Checks the table of error rates against this door's gallery, or makes a table from a data set.

            Without options: each picture is compared with the person's others, as if it came to the door, and with everybody else.
            The report says how small a false match rate so few people can show, who would be refused how often, who comes too near
            to whom, and whether the distances contradict the table. If they do, a stricter distance is proposed; --write puts
            it and its evidence into the configuration file (Matching:SiteDistance, Matching:SiteEvidence), and never makes a door
            less strict. Exit code 1 when the gallery contradicts the table.

            With --dataset: DIR has a folder for each person, as LFW has. Single pictures are compared with the templates of all
            others, by the rule of comparison that --rule names. The table says at which distance each false match rate lies, with
            its 95 % interval. A rate counts as measured where at least 10 false matches are expected; smaller ones are estimated
            from the tail and marked, and a door uses them only with Matching:AcceptEstimates. 'dooragent models calibration own-NAME
            TABLE' gives the table to an encoder of your own ('dooragent models add FILE --like ID').

            With --centre: half the mean of the people's means is subtracted from every encoding from then on, which removes a part of
            what all faces before this camera have in common: recommended from 20 people on. The command shows what that does to
            everybody's distances, asks, and switches the gallery in one transaction; '--centre none' goes back.

            Examples: dooragent calibrate     dooragent calibrate --dataset lfw --out table.json     dooragent calibrate --centre
            """);
        site.AddTo(command);
        dataset.AddTo(command);
        centre.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(site.Yes) && !result.GetValue(site.Write) && !centre.IsGiven(result))
                result.AddError("--yes needs --write or --centre.");
            if (result.GetValue(site.Write) && (centre.IsGiven(result) || result.GetValue(dataset.Dataset) is not null))
                result.AddError("--write is for the check of this door's gallery: leave --dataset and --centre out.");
        });
        command.SetAction((result, stopping) => Task.FromResult(
            centre.IsGiven(result.CommandResult) ? CentreRun.Run(result, centre)
            : result.GetValue(dataset.Dataset) is null ? SiteCheckRun.Run(result, site, stopping)
            : DatasetTableRun.Run(result, dataset, stopping)));
        return command;
    }
}
