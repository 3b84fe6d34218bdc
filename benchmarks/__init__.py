"""What anonshare is measured by, peers in the same run. Figures are ratios; timings on a shared machine are no others."""
