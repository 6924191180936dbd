using System.CommandLine;

namespace DoorAgent.Commands.Calibrating;

/// <summary>Creates dooragent calibrate, which checks the table of error rates against the gallery, or makes a table.</summary>
internal static class CalibrateCommand
{
    internal static Command Create()
    {
        DatasetTableOptions dataset = new();
        CentreOptions centre = new();
        Command command = new("calibrate", """
            Makes the table of error rates of an encoder from a data set.

            With --dataset: DIR has a folder for each person, as LFW has. Single pictures of each person are compared with the
            templates of all others, by the rule of comparison that --rule names. The table says at which distance each false match
            rate lies, with the 95 % interval (people are drawn with replacement). A rate counts as measured where at least 10
            false matches are expected; smaller ones, down to a hundredth, are estimated from the tail and marked; a door uses them
            only with Matching:AcceptEstimates. 'dooragent models add FILE --like ID --calibration TABLE' gives the table to an
            encoder of your own.

            With --centre: half the mean of the people's means is subtracted from every encoding from then on, which removes a part of
            what all faces before this camera have in common. Shows what that does to everybody's distances, asks, and switches the
            gallery in one transaction; '--centre none' goes back.
            """);
        dataset.AddTo(command);
        centre.AddTo(command);
        if (command.Options.All(option => option.Name != "--json"))
            command.Options.Add(CommonOptions.Json());
        command.SetAction((result, stopping) => Task.FromResult(
            centre.IsGiven(result) ? CentreRun.Run(result, centre) : DatasetTableRun.Run(result, dataset, stopping)));
        return command;
    }
}
