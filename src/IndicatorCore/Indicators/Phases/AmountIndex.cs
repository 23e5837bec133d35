namespace IndicatorCore.Indicators.Phases;

/// <summary>Fisher's index of output and input over matched strata, with the rules of <c>eff_gain</c> and <c>cost_red</c>, for whatever is made of what.</summary>
internal static class AmountIndex
{
    private const int IndexParts = 2;   // Paasche and Laspeyres

    /// <summary>The whole, then Paasche and Laspeyres.</summary>
    /// <exception cref="ArgumentException">Only one of the two given phases is set.</exception>
    public static IReadOnlyList<PhaseFigure> Compute(PhaseRequest request, LineCells<AmountCell> lines, IndexForm form)
    {
        var tally = new PhaseTally();
        var survey = PhaseSurvey.Of(request, lines, (phase, cell) =>
        {
            if (cell.ValidRows > 0 || cell.Output != 0 || cell.Input != 0)
            {
                tally.Add(new StratumKey(cell.StratumLine, cell.Product), new DayAmount(phase, cell.Day, cell.Output, cell.Input));
            }

            tally.AddUnmatched(phase, cell.InputWithoutOutput);
        });
        var composer = new PhaseComposer(request, form, survey.Sample);
        var whole = composer.Judge(tally, request.Unavailable(survey.Sample));
        var evidence = composer.Evidence(tally, input: null, survey.Valid, survey.Missing);
        return [composer.Whole(whole, tally, evidence), .. composer.IndexParts(whole, evidence).Take(IndexParts)];
    }
}
