"""What a document says about time: dates of registration, approval and enrolment, and the ages of patients."""
